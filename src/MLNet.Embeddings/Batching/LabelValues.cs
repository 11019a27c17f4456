namespace MLNet.Embeddings;

/// <summary>One label of some rows.</summary>
/// <param name="Values">A number per row, or the number of its class, from 0; NaN is missing.</param>
/// <param name="AreClasses">Whether the values are classes.</param>
internal sealed record LabelValues(float[] Values, bool AreClasses);
