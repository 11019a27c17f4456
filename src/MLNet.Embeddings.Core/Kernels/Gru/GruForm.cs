namespace MLNet.Embeddings;

/// <summary>The form of a <see cref="RaggedGru"/>.</summary>
/// <param name="Dimensions">Length of the vectors that it reads.</param>
/// <param name="Units">Length of its states.</param>
internal sealed record GruForm(int Dimensions, int Units)
{
    /// <summary>True to give the state after each token, (tokens, width), in the tokens' order; else the last one of each row, (rows, width).</summary>
    public bool EveryState { get; init; }

    /// <summary>True for one that reads each row from its last token to its first.</summary>
    public bool Reversed { get; init; }

    /// <summary>True if the states of both directions stand side by side, forward before reversed: of that, this GRU writes its own.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Length of a result.</summary>
    public int Width => Bidirectional ? 2 * Units : Units;

    /// <summary>Where in a result its states begin.</summary>
    public int Offset => Bidirectional && Reversed ? Units : 0;
}
