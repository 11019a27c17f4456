namespace MLNet.Embeddings;

/// <summary>A row that is predicted badly.</summary>
/// <param name="Position">Number of the row, from 0.</param>
/// <param name="Label">The right value.</param>
/// <param name="Predicted">What is predicted.</param>
/// <param name="Error">How bad it is; rows are compared by it.</param>
/// <param name="Words">How bad it is, in words.</param>
internal sealed record RowError(long Position, string Label, string Predicted, double Error, string Words);
