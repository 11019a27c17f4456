using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>What <c>IndexCategories</c> learns and how it maps; <see cref="CategoryReaderTests"/> holds which term a value is.</summary>
[TestClass]
public sealed class CategoryIndexingTests
{
    [TestMethod]
    public void Estimator_EveryKindOfColumn_PassesWorkout()
    {
        var context = new MLContext();
        var data = context.Data.LoadFromEnumerable(
        [
            new { Text = "b", Flag = true, Number = 8f, Texts = new[] { "x", "", "y" }, Numbers = new VBuffer<double>(3, 1, [7], [1]) },
            new { Text = "a", Flag = false, Number = float.NaN, Texts = new[] { "x" }, Numbers = new VBuffer<double>(3, [0, 1, 2]) },
            new { Text = "", Flag = true, Number = 0f, Texts = Array.Empty<string>(), Numbers = new VBuffer<double>(0, []) },
            new { Text = "b", Flag = true, Number = 8f, Texts = new[] { "z", "x" }, Numbers = new VBuffer<double>(1, [7]) },
        ]);
        data = context.Transforms.Concatenate("Pair", "Number", "Number")
            .Append(context.Transforms.Conversion.MapValueToKey("Key", "Text")).Fit(data).Transform(data);
        var wrongType = context.Data.LoadFromEnumerable([new { Text = DateTime.MinValue }]);

        foreach (string column in (string[])["Flag", "Number", "Texts", "Numbers", "Pair", "Key"])
            EstimatorWorkout.Run(context.Transforms.Categorical.IndexCategories("Keys", column), data, EstimatorWorkout.Without(data, column));
        EstimatorWorkout.Run(context.Transforms.Categorical.IndexCategories("Text", options: new() { MinCount = 2, UnknownTerm = "?" }), data, wrongType);
    }

    [TestMethod]
    public void Transform_Texts_TellsMissingFromUnknown()
    {
        var transformer = Estimator().Fit(TextRow.View("b", "a", "b", "", null, "[UNK]", "B", " "));

        CollectionAssert.AreEqual(new[] { "[UNK]", "b", " ", "B", "a" }, transformer.Terms.ToArray());
        Assert.AreEqual("2 5 0 0 1 1 3", Keys(transformer, "b", "a", "", null, "[UNK]", "c", " "));
    }

    [TestMethod]
    public void Transform_CapAndMinCount_LeavesRareTermsUnknown()
    {
        string[] texts = ["a", "a", "a", "b", "b", "c", "c", "d"];

        Assert.AreEqual("2 3 1 1", Keys(Estimator(new() { MaxTerms = 2 }).Fit(TextRow.View(texts)), "a", "b", "c", "d"));
        Assert.AreEqual("2 3 4 1", Keys(Estimator(new() { MinCount = 2 }).Fit(TextRow.View(texts)), "a", "b", "c", "d"));
    }

    [TestMethod]
    public void Transform_OwnUnknownTerm_StandsFirst()
    {
        var transformer = Estimator(new() { UnknownTerm = "other" }).Fit(TextRow.View("other", "other", "[UNK]"));

        CollectionAssert.AreEqual(new[] { "other", "[UNK]" }, transformer.Terms.ToArray());
        Assert.AreEqual("1 2 1", Keys(transformer, "other", "[UNK]", "new"));
    }

    [TestMethod]
    public void Transform_OtherTypeThanInTraining_GivesSameKeys()
    {
        var transformer = Estimator().Fit(TextRow.View("8", "8", "-0.5"));
        var context = new MLContext();

        var numbers = context.Data.LoadFromEnumerable([new { Text = 8 }, new { Text = 9 }]);
        CollectionAssert.AreEqual(new uint[] { 2, 1 }, Column<uint>(transformer.Transform(numbers)));
        CollectionAssert.AreEqual(new uint[] { 2, 3, 0 },
            Column<uint>(transformer.Transform(context.Data.LoadFromEnumerable([new { Text = 8.0 }, new { Text = -0.5 }, new { Text = double.NaN }]))));
        var vectors = context.Data.LoadFromEnumerable([new { Text = new[] { -0.5f, 8f } }]);
        CollectionAssert.AreEqual(new uint[] { 3, 2 }, Column<uint[]>(transformer.Transform(vectors))[0]);
    }

    [TestMethod]
    public void Transform_Scalar_AnnotatesTermsAndUnknownKey()
    {
        var column = Estimator().Fit(TextRow.View("b", "b", "a")).Transform(TextRow.View("a")).Schema["Keys"];
        var terms = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetKeyValues(ref terms);

        Assert.AreEqual("[UNK] b a", string.Join(' ', terms.DenseValues()));
        Assert.IsTrue(column.HasUnknownKey());
        Assert.AreEqual(new KeyDataViewType(typeof(uint), 3), column.Type);
    }

    [TestMethod]
    public void Transform_VectorWithSlotNames_PassesThemOn()
    {
        var context = new MLContext();
        var data = context.Data.LoadFromEnumerable([new { First = 1f, Second = 2f }]);
        var pipeline = context.Transforms.Concatenate("Pair", "First", "Second")
            .Append(context.Transforms.Categorical.IndexCategories("Keys", "Pair"))
            .Append(context.Transforms.Conversion.MapKeyToVector("Bag", "Keys"));

        var schema = pipeline.Fit(data).Transform(data).Schema;

        Assert.AreEqual("First Second", SlotNames(schema["Keys"]));
        Assert.AreEqual("First.[UNK] First.1 First.2 Second.[UNK] Second.1 Second.2", SlotNames(schema["Bag"]));
    }

    [TestMethod]
    public void Transform_DataFrame_TakesNullTextsAndNumbersAsMissing()
    {
        var frame = new DataFrame(new StringDataFrameColumn("Text", ["b", null, "a", "b"]), new SingleDataFrameColumn("Number", [8, null, 8, 1]));
        var context = new MLContext();

        var model = Estimator().Append(context.Transforms.Categorical.IndexCategories("Number")).Fit(frame);

        CollectionAssert.AreEqual(new uint[] { 2, 0, 3, 2 }, Column<uint>(model.Transform(frame)));
        CollectionAssert.AreEqual(new uint[] { 2, 0, 2, 3 }, model.Transform(frame).GetColumn<uint>("Number").ToArray());
    }

    [TestMethod]
    public void Fit_GivenVocabulary_ReadsNoDataAndKeepsItsOrder()
    {
        List<string> terms = ["b", "a"];
        var estimator = Estimator(new() { Vocabulary = terms, MaxTerms = 1 });
        terms.Clear();
        var unreadable = new MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, 1).Select<int, TextRow>(_ => throw new InvalidOperationException("read")));

        Assert.AreEqual("3 2 1", Keys(estimator.Fit(unreadable), "a", "b", "c"));
    }

    [TestMethod]
    public void Fit_NothingButMissingValues_KnowsNoTerm()
    {
        var transformer = Estimator().Fit(TextRow.View("", null));

        Assert.AreEqual("[UNK]", transformer.Terms.Single());
        Assert.AreEqual("0 1", Keys(transformer, "", "a"));
    }

    [TestMethod]
    public void Fit_NoRows_SaysSo() => Assert.AreEqual(
        "The terms of column 'Text' cannot be learned, because the data has no rows. Fit on data with rows, or give the terms in the option Vocabulary.",
        Assert.ThrowsExactly<InvalidOperationException>(() => Estimator().Fit(TextRow.View())).Message);

    [TestMethod]
    public void CreatePredictionEngine_InPlaceColumn_GivesKey()
    {
        var context = new MLContext();
        var model = context.Transforms.Categorical.IndexCategories("Text").Fit(TextRow.View("b", "a", "b"));
        var engine = context.Model.CreatePredictionEngine<TextRow, KeyRow>(EstimatorWorkout.SaveAndLoad(model, TextRow.View("").Schema));

        Assert.AreEqual("2 3 1 0", string.Join(' ', new[] { "b", "a", "c", "" }.Select(text => engine.Predict(new TextRow { Text = text }).Text)));
    }

    [TestMethod]
    public void Transform_SteadyState_AllocatesNothingPerRow()
    {
        var rows = Enumerable.Range(0, 10_000).Select(i => new { Text = $"{i % 50}", Number = i % 60 / 4f, Numbers = new[] { i % 3, 1e30, i } }).ToArray();
        var data = new MLContext().Data.Cache(new MLContext().Data.LoadFromEnumerable(rows), "Text", "Number", "Numbers");

        foreach (string column in (string[])["Text", "Number"])
            Assert.AreEqual(0, Allocations.InThirdQuarter<uint>(Indexed(data, column), "Keys"), column);
        Assert.AreEqual(0, Allocations.InThirdQuarter<VBuffer<uint>>(Indexed(data, "Numbers"), "Keys"));
    }

    private static IDataView Indexed(IDataView data, string column) =>
        new MLContext().Transforms.Categorical.IndexCategories("Keys", column).Fit(data).Transform(data);

    private static CategoryIndexingEstimator Estimator(CategoryIndexingOptions? options = null) =>
        new MLContext().Transforms.Categorical.IndexCategories("Keys", "Text", options);

    private static string Keys(CategoryIndexingTransformer transformer, params string?[] texts) =>
        string.Join(' ', Column<uint>(transformer.Transform(TextRow.View(texts))));

    private static T[] Column<T>(IDataView view) => [.. view.GetColumn<T>("Keys")];

    private static string SlotNames(DataViewSchema.Column column)
    {
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref names);
        return string.Join(' ', names.DenseValues());
    }

    private sealed class KeyRow
    {
        public uint Text { get; set; }
    }
}
