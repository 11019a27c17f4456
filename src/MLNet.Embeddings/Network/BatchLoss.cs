namespace MLNet.Embeddings;

/// <summary>What a batch's scores cost.</summary>
/// <param name="scores">Rows × outputs.</param>
/// <param name="batch">The rows, with labels and weights.</param>
/// <param name="gradients">Receives the gradients of the losses' mean over the rows by the scores: rows × outputs; empty if they are not wanted.</param>
/// <returns>The weighted sum of the rows' losses.</returns>
internal delegate double BatchLoss(ReadOnlySpan<float> scores, RowBatch batch, Span<float> gradients);
