using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MLNet.Embeddings.Robustness;

namespace MLNet.Embeddings.Tests;

/// <summary>Pipelines of our steps and of ML.NET's as one file.</summary>
[TestClass]
public sealed class SaveOnnxTests
{
    private static readonly MLContext Context = new(1);
    private static readonly IDataView Rows = OnnxReview.View(Context);

    private static IEnumerable<(string Name, IEstimator<ITransformer> Pipeline)> Pipelines()
    {
        yield return ("Before", Context.Transforms.NormalizeMinMax("Size", nameof(OnnxReview.Age))
            .Append(Trainer(InputColumn.Text(nameof(OnnxReview.Body)), InputColumn.Number("Size"))));
        yield return ("Between", Context.Transforms.Text.IndexTokens("Words", nameof(OnnxReview.Body))
            .Append(Context.Transforms.Categorical.OneHotEncoding("Departments", nameof(OnnxReview.Department)))
            .Append(Trainer(InputColumn.Sequence("Words"), InputColumn.Number("Departments"))));
        yield return ("Between, of missing keys", Context.Transforms.Conversion.MapValueToKey("Key", nameof(OnnxReview.Department))
            .Append(Context.Transforms.Conversion.MapKeyToValue("Value", "Key"))
            .Append(Trainer(InputColumn.Text(nameof(OnnxReview.Body)), InputColumn.Category("Value"))));
        var labels = new Dictionary<string, bool> { ["yes"] = true, ["no"] = false };
        yield return ("Behind", Trainer(InputColumn.Text(nameof(OnnxReview.Body)))
            .Append(Context.Transforms.Conversion.MapValue("Label", labels, nameof(OnnxReview.Recommended))));
    }

    private static IEnumerable<object[]> Names => Pipelines().Select(one => new object[] { one.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void StepsOfMLNet_Anywhere_AreInTheFile(string name)
    {
        var model = Pipelines().Single(one => one.Name == name).Pipeline.Fit(Rows);

        Assert.IsNull(OnnxCheck.Problem(Context, model, Rows, null, 1, 64));
    }

    [TestMethod]
    public void PredictedLabel_MappedToValuesByMLNet_IsItsTextInTheFile()
    {
        var model = Context.Transforms.Conversion.MapValueToKey("Label", nameof(OnnxReview.Department))
            .Append(Context.MulticlassClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
            {
                Columns = [InputColumn.Text(nameof(OnnxReview.Body))],
                HiddenUnits = [4],
                MaxEpochs = 2,
            }))
            .Append(Context.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(Rows);
        using var stream = new MemoryStream();

        Context.Model.SaveOnnx(model, Rows.Schema, stream);

        using var file = new OnnxFile(stream.ToArray());
        var classes = model.Transform(Rows).GetColumn<string>("PredictedLabel");
        CollectionAssert.AreEqual(classes.ToArray(), file.Run(Rows, 64)["PredictedLabel"].Select(row => row[0]).ToArray());
    }

    [TestMethod]
    public void Columns_NamedAsOperators_AreInputs()
    {
        var rows = Context.Transforms.CopyColumns("Add", nameof(OnnxReview.Age)).Append(Context.Transforms.CopyColumns("Gather", nameof(OnnxReview.Body)))
            .Fit(Rows).Transform(Rows);
        var model = Trainer(InputColumn.Text(nameof(OnnxReview.Body)), InputColumn.Text("Gather"), InputColumn.Number("Add")).Fit(rows);

        Assert.IsNull(OnnxCheck.Problem(Context, model, rows, null, 64));
    }

    [TestMethod]
    public void Output_NamedAsAnInput_HasAnotherName()
    {
        var rows = Context.Transforms.CopyColumns("Score", nameof(OnnxReview.Age)).Fit(Rows).Transform(Rows);
        var model = Trainer(InputColumn.Number("Score")).Fit(rows);
        using var stream = new MemoryStream();
        Context.Model.SaveOnnx(model, rows.Schema, stream);
        using var session = new InferenceSession(stream.ToArray());

        CollectionAssert.AreEquivalent(new[] { "Score.output", "Probability", "PredictedLabel" }, session.OutputNames.ToArray());
        Assert.IsNull(OnnxCheck.Problem(Context, model, rows, null, 64));
    }

    [TestMethod]
    [DataRow(nameof(OnnxReview.Age))]
    [DataRow("Bin")]
    public void ColumnOfMLNet_WithoutOperators_IsRefusedByName(string output)
    {
        var model = Context.Transforms.NormalizeBinning(output, nameof(OnnxReview.Age)).Append(Trainer(InputColumn.Number(output))).Fit(Rows);

        var error = Assert.ThrowsExactly<NotSupportedException>(() => Context.Model.SaveOnnx(model, Rows.Schema, new MemoryStream()));

        Assert.StartsWith($"The column '{output}' cannot be in an ONNX file: ML.NET has no ONNX operators for the settings of the step", error.Message);
    }

    /// <summary>What ML.NET writes for the first joins the words of all rows, for the second hashes empty texts.</summary>
    [TestMethod]
    [DataRow("WordTokenizingTransformer")]
    [DataRow("HashingTransformer")]
    [DataRow("TextFeaturizingEstimator.Transformer")]
    public void StepOfMLNet_WithOperatorsThatDiffer_IsRefusedByName(string step)
    {
        const string Body = nameof(OnnxReview.Body);
        var model = (step switch
        {
            "WordTokenizingTransformer" => Context.Transforms.Text.TokenizeIntoWords("Words", Body).Append(Trainer(InputColumn.Bag("Words"))),
            "HashingTransformer" => Context.Transforms.Conversion.Hash("Words", Body, 8).Append(Trainer(InputColumn.Category("Words"))),
            _ => (IEstimator<ITransformer>)Context.Transforms.Text.FeaturizeText("Words", Body).Append(Trainer(InputColumn.Number("Words"))),
        }).Fit(Rows);

        var error = Assert.ThrowsExactly<NotSupportedException>(() => Context.Model.SaveOnnx(model, Rows.Schema, new MemoryStream()));

        Assert.StartsWith($"The step {step} of the pipeline cannot be exported to ONNX", error.Message);
    }

    [TestMethod]
    public void StepOfMLNet_WithoutOperators_IsRefusedByName()
    {
        var model = Context.Transforms.CustomMapping<OnnxReview, Doubled>((row, result) => result.Size = 2 * row.Age, contractName: null)
            .Append(Trainer(InputColumn.Number(nameof(Doubled.Size))))
            .Fit(Rows);

        var error = Assert.ThrowsExactly<NotSupportedException>(() => Context.Model.SaveOnnx(model, Rows.Schema, new MemoryStream()));

        Assert.StartsWith("The step CustomMappingTransformer`2 of the pipeline cannot be exported to ONNX: ML.NET has no ONNX operators for it", error.Message);
    }

    private static MultiEmbeddingTrainer Trainer(params InputColumn[] columns) => Context.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
    {
        LabelColumnName = nameof(OnnxReview.Recommended),
        Columns = columns,
        HiddenUnits = [8],
        MaxEpochs = 3,
        LearningRate = 0.01,
    });

    private sealed class Doubled
    {
        public float Size { get; set; }
    }
}
