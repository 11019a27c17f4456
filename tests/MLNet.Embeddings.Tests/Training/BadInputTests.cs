using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>What a fit says of data that it cannot learn from.</summary>
[TestClass]
public sealed class BadInputTests
{
    [TestMethod]
    public void Fit_ColumnMissing_NamesItAndThoseThatAreThere() => AssertMismatch(
        "Could not find category column 'City'. The input has: 'Label', 'Words', 'Category', 'Number', 'Numbers', 'Weight'. " +
        "Correct the name, or add the step that makes the column before this one.",
        TrainingRow.View(), options => options with { Columns = [InputColumn.Category("City")] });

    [TestMethod]
    public void Fit_LabelMissing_NamesIt() => AssertMismatch(
        "Could not find label column 'Liked'. The input has: 'Label', 'Words', 'Category', 'Number', 'Numbers', 'Weight'. " +
        "Correct the name, or add the step that makes the column before this one.",
        TrainingRow.View(), options => options with { LabelColumnName = "Liked" });

    [TestMethod]
    public void Fit_WeightMissing_NamesIt() => AssertMismatch(
        "Could not find example weight column 'Share'. The input has: 'Label', 'Words', 'Category', 'Number', 'Numbers', 'Weight'. " +
        "Correct the name, or add the step that makes the column before this one.",
        TrainingRow.View(), options => options with { ExampleWeightColumnName = "Share" });

    [TestMethod]
    public void Fit_WeightOfWrongType_SaysHowToConvertIt() => AssertMismatch(
        "Schema mismatch for example weight column 'Text': expected a number, got String. " +
        "Convert it with mlContext.Transforms.Conversion.ConvertType(\"Text\", outputKind: DataKind.Single) before the trainer.",
        CityRow.View(), options => options with { Columns = [InputColumn.Number("Age")], ExampleWeightColumnName = "Text" });

    [TestMethod]
    public void Fit_TextForSequence_SaysHowToIndexIt() => AssertMismatch(
        "Schema mismatch for sequence column 'Text': expected Vector<Key>, got String. " +
        "Make keys of its text with mlContext.Transforms.Text.IndexTokens(\"Text\") before the trainer.",
        CityRow.View(), options => options with { Columns = [InputColumn.Sequence("Text")] });

    [TestMethod]
    public void Fit_TextForNumber_SaysHowToConvertIt() => AssertMismatch(
        "Schema mismatch for number column 'City': expected a number, Boolean or vector of numbers, got String. " +
        "Convert it with mlContext.Transforms.Conversion.ConvertType(\"City\", outputKind: DataKind.Single) before the trainer.",
        CityRow.View(), options => options with { Columns = [InputColumn.Number("City")] });

    [TestMethod]
    public void Fit_VectorOfTextForSequence_NamesACureThatWorks()
    {
        var context = new MLContext(1);
        var rows = CityRow.View(CityRow.Random(50));
        var view = context.Transforms.Text.TokenizeIntoWords("Words", "Text").Fit(rows).Transform(rows);
        var options = Trainers.Options with { Columns = [InputColumn.Sequence("Words", 4, SequenceEncoder.Mean())], MaxEpochs = 1 };

        AssertMismatch(
            "Schema mismatch for sequence column 'Words': expected Vector<Key>, got Vector<String>. " +
            "Make keys of its values with mlContext.Transforms.Categorical.IndexCategories(\"Words\") before the trainer.", view, _ => options);

        Assert.HasCount(1, context.Transforms.Categorical.IndexCategories("Words").Append(Trainers.Of(options)).Fit(view).LastTransformer.History.Epochs);
    }

    [TestMethod]
    public void Fit_LabelIsAVector_SaysSo() => AssertMismatch(
        "Schema mismatch for label column 'Numbers': expected Boolean, or two values of Text, a number type or a key, got Vector<Single, 2>. " +
        "Give one label per row; several are learned together, a column each, by mlContext.MultiOutput().",
        TrainingRow.View(), options => options with { LabelColumnName = "Numbers", Columns = [InputColumn.Number("Number")] });

    [TestMethod]
    public void Fit_ValidationLabelOfAnotherType_IsAnError()
    {
        var options = new MultiEmbeddingOptions { LabelColumnName = "Single", Columns = [InputColumn.Number("Number")], HiddenUnits = [8], MaxEpochs = 1 };
        var validation = LabelRow.View();
        var train = new MLContext(1).Transforms.Conversion.ConvertType("Single", outputKind: DataKind.Boolean).Fit(validation).Transform(validation);

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.Of(options).Fit(train, validation));

        StringAssert.StartsWith(error.Message, "The label column 'Single' is Boolean in the training data and Single in the validation data;");
    }

    [TestMethod]
    public void Fit_ValidationOfAnotherVocabulary_NamesColumnAndBothCounts()
    {
        var context = new MLContext(1);
        IDataView Indexed(params CityRow[] rows) => CityRow.Indexing(context).Fit(CityRow.View(rows)).Transform(CityRow.View(rows));
        var train = Indexed(CityRow.Random(50));
        var options = CityRow.Options with { Columns = [InputColumn.Category("CityKey")] };

        var error = Assert.ThrowsExactly<InvalidOperationException>(
            () => Trainers.Of(options).Fit(train, Indexed(new CityRow { City = "Rome", Text = "It fits" }, new CityRow { City = "Bern", Label = true })));

        Assert.AreEqual(
            "Column 'CityKey' has key count 3 in the validation data and key count 4 in the training data; they must agree. " +
            "Make the columns of both by the same fitted steps: fit those on the training data, then transform both with them.", error.Message);
    }

    [TestMethod]
    [DataRow(true, "true")]
    [DataRow(false, "false")]
    public void Fit_OneClass_SaysWhich(bool label, string written) => AssertUnusable(
        $"The label column 'Label' is {written} in all 20 rows; two classes are needed to learn to tell them apart. " +
        "Check how the label is made, or give data with both classes.",
        TrainingRow.Random(20, seed: 1, (row, _) => row.Label = label));

    [TestMethod]
    public void Fit_NoRows_SaysSo() => AssertUnusable("The data has no rows; some are needed. Check the path and the filters before the trainer.");

    [TestMethod]
    public void Fit_InfiniteNumber_NamesColumnAndRow() => AssertUnusable(
        "Column 'Numbers' holds Infinity in row 2; numbers must be finite and within the range of Single, or NaN where the value is missing. " +
        "Replace the value, or set it to NaN, before this step.",
        [.. TrainingRow.Random(2, seed: 1), new TrainingRow { Numbers = [1, float.PositiveInfinity] }]);

    [TestMethod]
    public void Transform_KeyAboveThoseOfTraining_NamesColumnAndCounts()
    {
        var model = Trainers.Fit(Trainers.Options with { Columns = [InputColumn.Sequence("Words", 4)], MaxEpochs = 1 }, TrainingRow.Random(20, seed: 1));
        var view = new MLContext(1).Data.LoadFromEnumerable(new[] { new WideRow { Words = [1, 2, 15] } });

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Networks.Scores(model.Transform(view)));

        Assert.AreEqual(
            "Column 'Words' holds key 15 in row 0; the network knows keys up to 12. The column was made with another vocabulary than in training: " +
            "use the indexing step that was fitted with the network.", error.Message);
    }

    [TestMethod]
    public void Fit_Null_Throws()
    {
        Assert.AreEqual("trainData", Assert.ThrowsExactly<ArgumentNullException>(() => Trainers.Of(Trainers.Options).Fit(null!, (IDataView?)null)).ParamName);
        Assert.AreEqual("options", Assert.ThrowsExactly<ArgumentNullException>(() => Trainers.Of(null!)).ParamName);
        Assert.AreEqual("inputSchema", Assert.ThrowsExactly<ArgumentNullException>(() => Trainers.Of(Trainers.Options).GetOutputSchema(null!)).ParamName);
    }

    /// <summary>Holds the error of a fit to the message, and the promise of columns to refusing the same.</summary>
    private static void AssertMismatch(string message, IDataView view, Func<MultiEmbeddingOptions, MultiEmbeddingOptions> change)
    {
        var trainer = Trainers.Of(change(Trainers.Options));

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.Fit(view));

        Assert.AreEqual($"{message} (Parameter 'inputSchema')", error.Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Shapes.Of(trainer, view.Schema));
    }

    private static void AssertUnusable(string message, params TrainingRow[] rows)
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.Fit(Trainers.Options, rows));

        Assert.AreEqual(message, error.Message);
    }

    private sealed class WideRow
    {
        [KeyType(20)] public uint[] Words { get; set; } = [];
    }

    /// <summary>The labels true, false, true, false in types that are no labels; each column has the name of its type.</summary>
    private sealed class LabelRow
    {
        public float Single { get; set; }
        public double Double { get; set; }
        public int Int32 { get; set; }
        public string String { get; set; } = "";
        public float Number { get; set; }

        internal static IDataView View() => new MLContext(1).Data.LoadFromEnumerable(new[] { 1, 0, 1, 0 }.Select(
            label => new LabelRow { Single = label, Double = label, Int32 = label, String = label == 1 ? "true" : "false", Number = label }));
    }
}
