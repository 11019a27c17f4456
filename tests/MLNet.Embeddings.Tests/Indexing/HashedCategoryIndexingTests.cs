using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary><c>IndexCategories</c> with hashed values.</summary>
[TestClass]
public sealed class HashedCategoryIndexingTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Estimator_EveryKindOfColumn_PassesWorkout(int functions)
    {
        var context = new MLContext();
        var data = context.Data.LoadFromEnumerable(
        [
            new { Text = "b", Number = 8f, Texts = new[] { "x", "", "y" }, Numbers = new VBuffer<double>(3, 1, [7], [1]) },
            new { Text = "", Number = float.NaN, Texts = Array.Empty<string>(), Numbers = new VBuffer<double>(0, []) },
        ]);
        data = context.Transforms.Concatenate("Pair", "Number", "Number")
            .Append(context.Transforms.Conversion.MapValueToKey("Key", "Text")).Fit(data).Transform(data);
        var options = new CategoryIndexingOptions { HashBuckets = 100, HashFunctions = functions };

        foreach (string column in (string[])["Text", "Number", "Texts", "Numbers", "Pair", "Key"])
            EstimatorWorkout.Run(context.Transforms.Categorical.IndexCategories("Keys", column, options), data, EstimatorWorkout.Without(data, column));
    }

    [TestMethod]
    public void Transform_HashBuckets_ReadsNoDataAndTellsMissingValues()
    {
        var unreadable = new MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, 1).Select<int, TextRow>(_ => throw new InvalidOperationException("read")));

        var transformer = Estimator(100, 1).Fit(unreadable);
        var view = transformer.Transform(TextRow.View("a", "", "[UNK]", null));

        CollectionAssert.AreEqual(new uint[] { Key("a"), 0, Key("[UNK]"), 0 }, view.GetColumn<uint>("Keys").ToArray());
        Assert.IsEmpty(transformer.Terms);
        Assert.IsFalse(view.Schema["Keys"].HasUnknownKey());
        Assert.AreEqual(new KeyDataViewType(typeof(uint), 101), view.Schema["Keys"].Type);
    }

    [TestMethod]
    public void Transform_SeveralFunctions_GivesKeysOfEachValueInTurn()
    {
        var data = new MLContext().Data.LoadFromEnumerable(
            [new { Text = new VBuffer<float>(3, 1, [8], [1]) }, new { Text = new VBuffer<float>(2, [float.NaN, 8]) }]);
        var transformer = Estimator(100, 2).Fit(data);
        uint[] zero = [Key("0"), Key("0", 1)], eight = [Key("8"), Key("8", 1)];

        var vectors = transformer.Transform(data).GetColumn<uint[]>("Keys").ToArray();
        var scalars = transformer.Transform(TextRow.View("8", "")).GetColumn<uint[]>("Keys").ToArray();

        CollectionAssert.AreEqual((uint[])[.. zero, .. eight, .. zero], vectors[0]);
        CollectionAssert.AreEqual((uint[])[0, 0, .. eight], vectors[1]);
        CollectionAssert.AreEqual(eight, scalars[0]);
        CollectionAssert.AreEqual(new uint[2], scalars[1]);
    }

    [TestMethod]
    public void Transform_SeveralFunctions_MakesVectorsOfKnownSizeWithoutSlotNames()
    {
        var context = new MLContext();
        var data = context.Data.LoadFromEnumerable([new { First = 1f, Second = 2f, Third = 3f }]);
        data = context.Transforms.Concatenate("Text", "First", "Second", "Third").Fit(data).Transform(data);

        var several = Estimator(100, 2).Fit(data).Transform(data).Schema["Keys"];
        var one = Estimator(100, 1).Fit(data).Transform(data).Schema["Keys"];

        Assert.AreEqual(6, ((VectorDataViewType)several.Type).Size);
        Assert.IsFalse(several.HasSlotNames());
        Assert.IsTrue(one.HasSlotNames());
        Assert.AreEqual(2, ((VectorDataViewType)Estimator(100, 2).Fit(TextRow.View()).Transform(TextRow.View()).Schema["Keys"].Type).Size);
    }

    [TestMethod]
    public void Transform_SteadyState_AllocatesNothingPerRow()
    {
        var rows = Enumerable.Range(0, 10_000).Select(i => new { Text = $"{i}", Number = i / 4f, Numbers = new[] { i % 3, 1e30, i } }).ToArray();
        var data = new MLContext().Data.Cache(new MLContext().Data.LoadFromEnumerable(rows), "Text", "Number", "Numbers");
        Rows.Of(data); // fills the cache: fitting does not read

        foreach (string column in (string[])["Text", "Number", "Numbers"])
        {
            var estimator = new MLContext().Transforms.Categorical.IndexCategories("Keys", column, new() { HashBuckets = 1000, HashFunctions = 2 });
            Assert.AreEqual(0, Allocations.InThirdQuarter<VBuffer<uint>>(estimator.Fit(data).Transform(data), "Keys"), column);
        }
    }

    [TestMethod]
    public void Fit_TrainerOnHashedCities_LearnsThem()
    {
        var context = new MLContext(1);
        var cities = Enumerable.Range(0, 400).Select(i => new CityRow { City = $"City {i % 40}", Label = i % 40 < 20 }).ToArray();
        var pipeline = context.Transforms.Categorical.IndexCategories("City", options: new() { HashBuckets = 10_000 })
            .Append(context.BinaryClassification.Trainers.MultiEmbedding(
                CityRow.Options with { Columns = [InputColumn.Category("City")], LearningRate = 0.05 }));

        var scored = pipeline.Fit(CityRow.View(cities)).Transform(CityRow.View(cities));

        Assert.IsGreaterThan(0.99, context.BinaryClassification.Evaluate(scored).AreaUnderRocCurve);
    }

    private static CategoryIndexingEstimator Estimator(int buckets, int functions) =>
        new MLContext().Transforms.Categorical.IndexCategories("Keys", "Text", new() { HashBuckets = buckets, HashFunctions = functions });

    private static uint Key(string term, int function = 0) => new HashedKeys(100, function).KeyOf(term);
}
