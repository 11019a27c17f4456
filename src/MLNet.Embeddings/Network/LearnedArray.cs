namespace MLNet.Embeddings;

/// <summary>An array that a network learns, where it lies.</summary>
/// <param name="name">Its name in the network's form.</param>
/// <param name="parts">Where its parts lie, one after the other.</param>
internal sealed class LearnedArray(string name, params LearnedArray.Place[] parts)
{
    /// <summary>The values of a part, as they are when asked for.</summary>
    internal delegate Span<float> Place();

    /// <summary>Its name in the network's form.</summary>
    internal string Name => name;

    /// <summary>All values where they lie, if training does not change them.</summary>
    internal float[]? Fixed { get; init; }

    /// <summary>A copy of the values; themselves if training does not change them.</summary>
    internal float[] Values => Fixed ?? (parts is [var only] ? only().ToArray() : [.. parts.SelectMany(part => part().ToArray())]);

    /// <summary>Puts other values in the place of these.</summary>
    /// <param name="values">As many, or fewer: then the first ones change.</param>
    internal void Set(ReadOnlySpan<float> values)
    {
        foreach (var part in parts)
        {
            var place = part();
            int count = Math.Min(place.Length, values.Length);
            values[..count].CopyTo(place);
            values = values[count..];
        }
    }
}
