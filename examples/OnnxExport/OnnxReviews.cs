using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace OnnxExport;

/// <summary>A model's file in ONNX Runtime: raw columns in, the class's name out. It uses nothing of ML.NET, and nothing of this library.</summary>
/// <param name="file">The file.</param>
internal sealed class OnnxReviews(string file) : IDisposable
{
    private readonly InferenceSession _session = new(file);

    /// <summary>What it reads and gives, by name and type.</summary>
    internal string Columns => $"In: {Describe(_session.InputMetadata)}. Out: {Describe(_session.OutputMetadata)}.";

    internal Verdict[] Score(IReadOnlyList<Review> reviews)
    {
        using var scores = _session.Run(
        [
            Column("Body", review => review.Body), Column("Department", review => review.Department),
            Column("Class", review => review.Class), Column("Age", review => review.Age),
        ]);
        var classes = scores.Single(score => score.Name == "PredictedLabel").AsTensor<string>();
        var probabilities = scores.Single(score => score.Name == "Probability").AsTensor<float>();
        return [.. classes.Zip(probabilities, (name, probability) => new Verdict(name, probability))];

        // A column is rows × 1.
        NamedOnnxValue Column<T>(string name, Func<Review, T> value) =>
            NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(reviews.Select(value).ToArray(), [reviews.Count, 1]));
    }

    public void Dispose() => _session.Dispose();

    private static string Describe(IReadOnlyDictionary<string, NodeMetadata> columns) =>
        string.Join(", ", columns.Select(column => $"{column.Key} ({column.Value.ElementType.Name})"));
}
