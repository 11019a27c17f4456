namespace MLNet.Embeddings;

/// <summary>Counts terms row by row.</summary>
/// <param name="terms">What they are counted in.</param>
/// <param name="count">Counts those of the current row.</param>
internal sealed class RowCounter(VocabularyBuilder terms, Action count) : ITermCounter
{
    public void Count() => count();

    public VocabularyBuilder Finish() => terms;
}
