namespace MLNet.Embeddings;

/// <summary>What a fitted token indexing step holds beside its vocabulary.</summary>
internal sealed record TokenIndexingShape(
    string OutputColumnName, string InputColumnName, int TermCount, bool Standardize, TokenSplit Split, int MaxLength, bool FixedLength)
    : IndexingShape(OutputColumnName, InputColumnName, TermCount)
{
    internal override IEnumerable<string> Faults() =>
        base.Faults().Concat(new TokenIndexingOptions { Split = Split, MaxLength = MaxLength }.Faults());
}
