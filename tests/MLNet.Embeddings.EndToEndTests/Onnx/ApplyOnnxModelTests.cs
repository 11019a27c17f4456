using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Files that ML.NET's own step reads.</summary>
[TestClass]
public sealed class ApplyOnnxModelTests
{
    [TestMethod]
    public void File_OfRawColumns_ScoresAsTheModel()
    {
        var context = new MLContext(1);
        var (model, rows) = (OnnxReview.Train(context), OnnxReview.View(context));
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "model.onnx");
        context.Model.SaveOnnx(model, rows.Schema, file);

        var scored = context.Transforms.ApplyOnnxModel(["PredictedLabel", "Probability"], ["Body", "Department", "Age"], file).Fit(rows).Transform(rows);

        float[][] probabilities = [.. scored.GetColumn<float[]>("Probability")];
        var labels = scored.GetColumn<VBuffer<ReadOnlyMemory<char>>>("PredictedLabel");
        string[][] classes = [.. labels.Select(row => row.DenseValues().Select(name => $"{name}").ToArray())];
        foreach (var (index, (probability, name)) in OnnxReview.Scores(model).Index())
        {
            Assert.AreEqual(probability, probabilities[index].Single(), 1e-5f, $"Row {index}");
            Assert.AreEqual(name, classes[index].Single(), $"Row {index}");
        }
    }
}
