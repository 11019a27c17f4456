namespace MLNet.Embeddings;

/// <summary>Counts terms row by row.</summary>
/// <param name="terms">What they are counted in.</param>
/// <param name="counts">Count those of the current row, a column each.</param>
internal sealed class RowCounter(VocabularyBuilder terms, Action[] counts) : ITermCounter
{
    public void Count()
    {
        foreach (var count in counts) count();
    }

    public VocabularyBuilder Finish() => terms;
}
