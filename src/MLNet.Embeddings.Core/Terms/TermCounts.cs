namespace MLNet.Embeddings;

/// <summary>What a pass over texts or values counts, for a vocabulary to be made of it.</summary>
/// <param name="terms">How often each term was met; owned.</param>
/// <param name="lengths">How long the texts are; nothing where none are cut.</param>
/// <param name="rows">Number of rows.</param>
internal sealed class TermCounts(VocabularyBuilder terms, TextLengths lengths, long rows) : IMergeable, IDisposable
{
    /// <summary>Counts of no rows yet.</summary>
    internal TermCounts() : this(new VocabularyBuilder(), new TextLengths(), rows: 0)
    {
    }

    /// <summary>Number of rows.</summary>
    internal long Rows { get; private set; } = rows;

    /// <summary>How often each term was met.</summary>
    internal VocabularyBuilder Terms { get; } = terms;

    /// <summary>How long the texts are.</summary>
    internal TextLengths Lengths { get; } = lengths;

    /// <summary>Adds the counts of other rows, which must not be used any more.</summary>
    internal void TakeOver(TermCounts other)
    {
        Rows += other.Rows;
        Terms.TakeOver(other.Terms);
        Lengths.Add(other.Lengths);
    }

    /// <inheritdoc/>
    public void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(TermCounts));
        writer.Write7BitEncodedInt64(Rows);
        Lengths.Write(writer);
        Terms.Write(writer);
    }

    /// <inheritdoc/>
    public void Merge(BinaryReader reader) => Merging.Read(reader, nameof(TermCounts), () =>
    {
        Rows += Merging.ReadCount(reader);
        Lengths.Merge(reader);
        Terms.Merge(reader);
    });

    public void Dispose() => Terms.Dispose();
}
