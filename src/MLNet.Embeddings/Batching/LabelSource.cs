using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A label column and how it is read.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Open">Makes the getter of a row's label; NaN is missing.</param>
internal sealed record LabelSource(string Name, Func<DataViewRow, DataViewSchema.Column, Func<float>> Open);
