namespace MLNet.Embeddings;

/// <summary>What the scores of some of a batch's rows cost.</summary>
/// <param name="scores">Rows × outputs.</param>
/// <param name="batch">The batch, with labels and weights.</param>
/// <param name="firstRow">The row of the batch that the scores begin with.</param>
/// <param name="gradients">Receives the gradients of the losses' mean over the whole batch by the scores: rows × outputs; empty if they are not wanted.</param>
/// <returns>The weighted sum of the rows' losses.</returns>
internal delegate double BatchLoss(ReadOnlySpan<float> scores, RowBatch batch, int firstRow, Span<float> gradients);
