namespace MLNet.Embeddings;

/// <summary>What a fitted indexing step holds beside its vocabulary.</summary>
internal abstract record IndexingShape(IReadOnlyList<IndexedColumn> Columns, int TermCount)
{
    /// <summary>Why no step can have this shape, a sentence each; empty for those that were fitted.</summary>
    internal virtual IEnumerable<string> Faults() => IndexedColumn.Faults(Columns);

    /// <summary>The settings on which it hangs that a term keeps its key.</summary>
    private protected abstract (string Name, object? Value)[] KeySettings { get; }

    /// <summary>Why the keys of a step of this shape cannot go on from those of an earlier one, a sentence each; empty when they can.</summary>
    internal IEnumerable<string> Breaks(IndexingShape previous) =>
        from setting in KeySettings.Zip(previous.KeySettings, (here, there) => (here.Name, Here: here.Value, There: there.Value))
        where !Equals(setting.Here, setting.There)
        select Break(setting.Name, setting.There, setting.Here);

    internal static string Break(string name, object? there, object? here) =>
        $"Its {name} is {there ?? "null"}, that of this estimator {here ?? "null"}; they must be the same.";

    /// <exception cref="FormatException">No step can have this shape.</exception>
    internal void RequireSound()
    {
        if (Faults().FirstOrDefault() is { } fault) throw EntryReader.Damaged(ShapeDocument.EntryName, fault);
    }
}
