using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What a request for columns comes to.</summary>
/// <param name="Inputs">The input columns to read.</param>
/// <param name="Asked">Those of them that were asked for themselves.</param>
/// <param name="IsOutputActive">Which added columns to compute.</param>
internal sealed record ActiveColumns(
    IReadOnlyList<DataViewSchema.Column> Inputs, IReadOnlyList<DataViewSchema.Column> Asked, Func<int, bool> IsOutputActive);
