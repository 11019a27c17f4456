namespace MLNet.Embeddings;

/// <summary>What a table begins with in place of random numbers.</summary>
/// <param name="Values">Rows × dimensions. They become the table's own.</param>
/// <param name="IsTrained">False if they are to stay as they are.</param>
internal sealed record TableStart(float[] Values, bool IsTrained);
