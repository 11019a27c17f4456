using System.Reflection;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Views as ML.NET's exporter to ONNX meets them: it walks back from the last one, and takes the first that is no such step for the data.</summary>
[TestClass]
public sealed class MappedViewTests
{
    private const string Exported = "Microsoft.ML.Model.OnnxConverter.ITransformCanSaveOnnx";

    private static readonly MLContext Context = new(1);
    private static readonly DataFrame Frame = new(new SingleDataFrameColumn("Age", [1, 2]), new StringDataFrameColumn("Name", ["a", "b"]));

    [TestMethod]
    public void CanSaveOnnx_StepThatCutsTexts_RefusesAndNamesWhatItAdds()
    {
        var view = Context.Transforms.Text.IndexTokens("Keys", "Name").Fit(Frame).Transform(Frame);

        var error = Assert.ThrowsExactly<TargetInvocationException>(() => CanSaveOnnx(view)).GetBaseException();

        Assert.IsInstanceOfType<NotSupportedException>(error);
        Assert.AreEqual(
            "The step of MLNet.Embeddings that adds 'Keys' cannot be converted by ConvertToOnnx: it cuts texts or decodes, and the operators that ML.NET's " +
            "exporter knows, version 12 of ONNX without those of ONNX Runtime, cannot. Write the file with mlContext.Model.SaveOnnx(model, inputSchema, path).",
            error.Message);
    }

    [TestMethod]
    public void CanSaveOnnx_StepsOfCategoriesAndNumbers_CanAndKnowTheirSource()
    {
        var indexed = Context.Transforms.Categorical.IndexCategories("Keys", "Name").Fit(Frame).Transform(Frame);
        var scored = Networks.Transformer(Networks.Random(1, [], new NumberShape("Age", Size: 1, MissingIndicator: false))).Transform(indexed);

        Assert.IsTrue(CanSaveOnnx(indexed));
        Assert.IsTrue(CanSaveOnnx(scored));
        Assert.AreSame(indexed, Members(scored).Select(type => type.GetProperty("Source")).OfType<PropertyInfo>().Single().GetValue(scored));
    }

    private static bool CanSaveOnnx(IDataView view) =>
        (bool)Members(view).Select(type => type.GetMethod("CanSaveOnnx")).OfType<MethodInfo>().Single().Invoke(view, [null])!;

    private static Type[] Members(IDataView view) => view.GetType().GetInterface(Exported)!.GetInterfaces();
}
