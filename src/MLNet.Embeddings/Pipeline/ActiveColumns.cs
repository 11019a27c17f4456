using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What a request for columns comes to: the input columns to read, and which added columns to compute.</summary>
internal sealed record ActiveColumns(IReadOnlyList<DataViewSchema.Column> Inputs, Func<int, bool> IsOutputActive);
