using System.Reflection;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class MappedViewTests
{
    private const string Exported = "Microsoft.ML.Model.OnnxConverter.ITransformCanSaveOnnx";

    [TestMethod]
    [DynamicData(nameof(Steps))]
    public void CanSaveOnnx_EveryStep_RefusesAndNamesWhatItAdds(Func<DataFrame, ITransformer> fit, string added)
    {
        var frame = new DataFrame(new SingleDataFrameColumn("Age", [1, 2]), new StringDataFrameColumn("Name", ["a", "b"]));
        var view = fit(frame).Transform(frame);

        // As the exporter of Microsoft.ML.OnnxConverter does: it walks back from the last view, and takes the first that is no such step for the data.
        var step = view.GetType().GetInterface(Exported);
        Assert.IsNotNull(step);
        var asks = step.GetInterfaces().Select(type => type.GetMethod("CanSaveOnnx")).OfType<MethodInfo>().Single();
        var error = Assert.ThrowsExactly<TargetInvocationException>(() => asks.Invoke(view, [null])).GetBaseException();

        Assert.IsInstanceOfType<NotSupportedException>(error);
        Assert.AreEqual(
            $"The step of MLNet.Embeddings that adds {added} cannot be converted to ONNX: there is no export yet. " +
            "Save the model with mlContext.Model.Save and score it in .NET, or convert a pipeline without this step.", error.Message);
        Assert.AreSame(frame, step.GetInterfaces().Select(type => type.GetProperty("Source")).OfType<PropertyInfo>().Single().GetValue(view));
    }

    private static IEnumerable<object[]> Steps
    {
        get
        {
            var mlContext = new MLContext(1);
            yield return [Fit(frame => mlContext.Transforms.Text.IndexTokens("Keys", "Name").Fit(frame)), "'Keys'"];
            yield return [Fit(frame => mlContext.Transforms.Categorical.IndexCategories("Keys", "Name").Fit(frame)), "'Keys'"];
            yield return
            [
                Fit(_ => Networks.Transformer(Networks.Random(1, [], new NumberShape("Age", Size: 1, MissingIndicator: false)))),
                "'PredictedLabel', 'Score', 'Probability'",
            ];
        }
    }

    private static Func<DataFrame, ITransformer> Fit(Func<DataFrame, ITransformer> fit) => fit;
}
