namespace MLNet.Embeddings;

/// <summary>What a fitted indexing step holds beside its vocabulary.</summary>
internal abstract record IndexingShape(IReadOnlyList<IndexedColumn> Columns, int TermCount)
{
    /// <summary>Why no step can have this shape, a sentence each; empty for those that were fitted.</summary>
    internal virtual IEnumerable<string> Faults() => IndexedColumn.Faults(Columns);

    /// <exception cref="FormatException">No step can have this shape.</exception>
    internal void RequireSound()
    {
        if (Faults().FirstOrDefault() is { } fault) throw EntryReader.Damaged(ShapeDocument.EntryName, fault);
    }
}
