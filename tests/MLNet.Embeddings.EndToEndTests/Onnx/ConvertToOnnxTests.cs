using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings.Robustness;

namespace MLNet.Embeddings.Tests;

/// <summary>ML.NET's own exporter on pipelines that have steps of ours.</summary>
[TestClass]
public sealed class ConvertToOnnxTests
{
    private static readonly MLContext Context = new(1);
    private static readonly IDataView Rows = OnnxReview.View(Context);

    [TestMethod]
    public void Pipeline_OfKeysAndNumbers_ScoresAsTheModel()
    {
        var model = Context.Transforms.NormalizeMinMax("Size", nameof(OnnxReview.Age))
            .Append(Context.Transforms.Categorical.IndexCategories("DepartmentKey", nameof(OnnxReview.Department)))
            .Append(Context.Transforms.Conversion.MapValueToKey("Label", nameof(OnnxReview.Department)))
            .Append(Context.MulticlassClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
            {
                Columns = [InputColumn.Category("DepartmentKey"), InputColumn.Number("Size")],
                HiddenUnits = [8],
                MaxEpochs = 5,
                LearningRate = 0.01,
            }))
            .Append(Context.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(Rows);
        using var stream = new MemoryStream();

        Context.Model.ConvertToOnnx(model, Rows, stream);

        using var file = new OnnxFile(stream.ToArray());
        var scored = model.Transform(Rows);
        foreach (int batch in new[] { 1, 64 })
        {
            var outputs = file.Run(Rows, batch);
            float[][] wanted = [.. scored.GetColumn<float[]>("Score")];
            for (int i = 0; i < wanted.Length; i++)
            {
                for (int j = 0; j < wanted[i].Length; j++) Assert.AreEqual(wanted[i][j], (float)outputs["Score"][i][j], 1e-5f, $"Row {i}, class {j}");
            }
            string[] classes = [.. scored.GetColumn<string>("PredictedLabel")];
            CollectionAssert.AreEqual(classes, outputs["PredictedLabel"].Select(row => row[0]).ToArray());
        }
    }

    [TestMethod]
    public void Pipeline_OfRawTexts_IsRefusedWithTheWayOut()
    {
        var model = OnnxReview.Train(Context);

        var error = Assert.ThrowsExactly<NotSupportedException>(() => Context.Model.ConvertToOnnx(model, Rows, new MemoryStream()));

        Assert.StartsWith("The step of MLNet.Embeddings that adds 'PredictedLabel', 'Score', 'Probability'", error.Message);
        Assert.Contains("cannot be converted by ConvertToOnnx: it cuts texts", error.Message);
        Assert.EndsWith("Write the file with mlContext.Model.SaveOnnx(model, inputSchema, path).", error.Message);
    }
}
