using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A label column and how it is read.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="HasClasses">Whether its values are the numbers of classes, from 0.</param>
/// <param name="Open">Makes the getter of a row's label; NaN is missing.</param>
internal sealed record LabelSource(string Name, bool HasClasses, Func<DataViewRow, DataViewSchema.Column, Func<float>> Open)
{
    /// <summary>Says why none of so many rows can be trained on; null where the label is simply missing.</summary>
    internal Func<int, string>? DescribeNone { get; init; }
}
