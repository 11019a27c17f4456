namespace MLNet.Embeddings;

/// <summary>What a fitted category indexing step holds beside its vocabulary.</summary>
internal sealed record CategoryIndexingShape(string OutputColumnName, string InputColumnName, int TermCount)
    : IndexingShape(OutputColumnName, InputColumnName, TermCount);
