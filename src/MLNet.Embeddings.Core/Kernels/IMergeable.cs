namespace MLNet.Embeddings;

/// <summary>
/// What a pass found in some rows. Passes over parts of the rows, on one machine or several, each fill one of their own; merged in any order these are, bit for
/// bit, what one pass over all rows finds.
/// </summary>
internal interface IMergeable
{
    /// <summary>Writes what was found.</summary>
    void Write(BinaryWriter writer);

    /// <summary>Adds what another one, made for the same columns and settings, wrote.</summary>
    /// <exception cref="FormatException">Something else was written, or by another version.</exception>
    void Merge(BinaryReader reader);
}
