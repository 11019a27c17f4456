namespace MLNet.Embeddings;

/// <summary>A column within a graph.</summary>
/// <param name="Value">Its values, rows × values of a row.</param>
/// <param name="Type">Type of these.</param>
internal sealed record OnnxColumn(OnnxValue Value, OnnxType Type)
{
    /// <summary>Whether it holds keys, 0 for none.</summary>
    internal bool IsKey { get; init; }

    /// <summary>Whether rows have different numbers of values.</summary>
    internal bool IsRagged { get; init; }

    /// <summary>The terms that its keys stand for, from key 1; null where they stand for themselves.</summary>
    internal Func<IReadOnlyList<string>?>? Terms { get; init; }
}
