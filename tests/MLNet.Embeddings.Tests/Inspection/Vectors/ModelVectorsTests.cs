using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ModelVectorsTests
{
    private static readonly Lazy<MultiEmbeddingTransformer> Raw =
        new(() => RawRow.Trainer(RawRow.Options with { MaxEpochs = 1 }).Fit(RawRow.View(RawRow.Random(60, seed: 1))));

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Vectors_RawCategory_AreTheRowsOfEveryNetworkOneAfterTheOther()
    {
        var networks = Raw.Value.Model.Networks;
        var cities = Raw.Value.Vectors("City");

        CollectionAssert.AreEquivalent(new[] { "Oslo", "Lima", "Cairo" }, cities.Terms.ToArray());
        var shape = (CategoryShape)networks[0].Shape.Columns.Single(column => column.Name == "City/key");
        Assert.AreEqual(2 * shape.Dimensions, cities.Dimensions);
        for (int i = 0; i < 3; i++) CollectionAssert.AreEqual(Row(i + 2), cities[i].ToArray());
        CollectionAssert.AreEqual(Row(0), cities.Missing!.Value.ToArray());
        CollectionAssert.AreEqual(Row(1), cities.Unknown!.Value.ToArray());

        float[] Row(int key) => [.. networks.SelectMany(network => network[shape.Table].Slice(key * shape.Dimensions, shape.Dimensions).ToArray())];
    }

    [TestMethod]
    public void Vectors_TextColumn_AreThoseOfItsWordsAsAUserWritesThem()
    {
        var words = Raw.Value.Vectors("Title");

        CollectionAssert.Contains(words.Terms.ToArray(), "coat");
        CollectionAssert.AreEqual(words["coat"].ToArray(), words[" COAT! "].ToArray());
        Assert.IsNull(words.Missing);
        Assert.IsNotNull(words.Unknown);
        StringAssert.StartsWith(Assert.ThrowsExactly<KeyNotFoundException>(() => words["Fine Coat"]).Message,
            "'Fine Coat' has no vector: it is read as 'fine coat', which is none of the");
    }

    [TestMethod]
    [DataRow("Floor", "3.0", "3")]
    [DataRow("IsOpen", "true", "True")]
    [DataRow("Size", "0.50", "0.5")]
    [DataRow("Tags", "sale", "sale")]
    public void Vectors_ValuesOfAnyType_AreFoundAsAUserWritesThem(string column, string written, string term)
    {
        var vectors = Raw.Value.Vectors(column);

        CollectionAssert.Contains(vectors.Terms.ToArray(), term);
        CollectionAssert.AreEqual(vectors[term].ToArray(), vectors[written].ToArray());
    }

    [TestMethod]
    public void Vectors_ChainsInALoadedChain_AreFoundByTheRawColumnAndByTheKeys()
    {
        var rows = CityRow.View(CityRow.Random(50));
        var chain = new TransformerChain<ITransformer>(
            _mlContext.Transforms.Concatenate("Both", "Age", "Age").Append(_mlContext.Transforms.NormalizeMinMax("Both")).Fit(rows),
            CityRow.Fit(CityRow.Options with { MaxEpochs = 1 }, CityRow.Random(50)));

        var loaded = EstimatorWorkout.SaveAndLoad(chain, rows.Schema);

        foreach (var model in new[] { chain, loaded, loaded.ForScoring() })
        {
            var cities = model.Vectors("City");
            CollectionAssert.AreEqual(cities["Lima"].ToArray(), model.Vectors("CityKey")["Lima"].ToArray());
            CollectionAssert.AreEqual(cities["Lima"].ToArray(), chain.Vectors("City")["Lima"].ToArray());
            CollectionAssert.Contains(model.Vectors("Text").Terms.ToArray(), "tears");
        }
    }

    [TestMethod]
    public void Vectors_KeysOfMapValueToKey_HaveItsValuesAndNoUnknown()
    {
        var rows = CityRow.View([.. new[] { 2.5f, 1, 2.5f }.Select(age => new CityRow { Age = age })]);
        var network = Networks.Random(1, [], new CategoryShape("Key", KeyCount: 2, Dimensions: 2));
        var model = _mlContext.Transforms.Conversion.MapValueToKey("Key", "Age").Fit(rows);

        var vectors = new TransformerChain<ITransformer>(model, Networks.Transformer(network)).Vectors("Age");

        CollectionAssert.AreEqual(new[] { "2.5", "1" }, vectors.Terms.ToArray());
        CollectionAssert.AreEqual(network["columns.Key.table"][4..6].ToArray(), vectors["1.0"].ToArray());
        Assert.IsNull(vectors.Unknown);
        Assert.IsNotNull(vectors.Missing);
    }

    [TestMethod]
    public void Vectors_ColumnsOfASharedTable_AreTheSame()
    {
        var model = new MLContext(1).BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
        {
            Columns = [InputColumn.Text("Title") with { Table = "Words" }, InputColumn.Text("Body") with { Table = "Words" }],
            HiddenUnits = [4],
            MaxEpochs = 1,
            Seed = 1,
        }).Fit(RawRow.View(RawRow.Random(40, seed: 2)));

        var (title, body) = (model.Vectors("Title"), model.Vectors("Body"));

        CollectionAssert.AreEqual(title.Terms.ToArray(), body.Terms.ToArray());
        CollectionAssert.AreEqual(title["shoe"].ToArray(), body["shoe"].ToArray());
    }

    [TestMethod]
    public void Vectors_EncoderDecoder_AreThoseOfSourceAndTarget()
    {
        var model = SequenceEstimators.Fit(SequenceEstimators.Tiny with { MaxEpochs = 1 }, SumRow.All(6, seed: 1));

        var (source, target) = (model.Vectors(nameof(SumRow.Sum)), model.Vectors(nameof(SumRow.Result)));

        Assert.AreEqual((8, 6), (source.Dimensions, target.Dimensions));
        Assert.IsTrue(source.TryGetVector("+", out _));
        Assert.IsFalse(target.TryGetVector("+", out _));
        Assert.IsTrue(target.TryGetVector("1", out _));
        Assert.IsNull(source.Missing);
    }

    [TestMethod]
    [DataRow("Area", "Column 'Area' is read as a number; only terms have vectors. Columns with vectors: 'Title', 'City',")]
    [DataRow("Listed", "Column 'Listed' is a date, which the model reads as a number and in parts (month,")]
    [DataRow("Town", "The model reads no column 'Town'. Columns with vectors: 'Title', 'City',")]
    public void Vectors_ColumnWithout_SaysWhichHaveSome(string column, string message) =>
        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => Raw.Value.Vectors(column)).Message, message);

    [TestMethod]
    public void Vectors_HashedKeys_NameTheCure()
    {
        var rows = CityRow.View(CityRow.Random(20));
        var keys = _mlContext.Transforms.Categorical.IndexCategories("CityKey", "City", new() { HashBuckets = 8 }).Fit(rows);
        var network = Networks.Transformer(Networks.Random(1, [], new CategoryShape("CityKey", KeyCount: 9, Dimensions: 2)));

        var error = Assert.ThrowsExactly<ArgumentException>(() => new TransformerChain<ITransformer>(keys, network).Vectors("City"));

        StringAssert.StartsWith(error.Message, "Column 'CityKey' has a vector for each of 9 keys, but the model does not know which terms these stand for");
        StringAssert.Contains(error.Message, "without HashBuckets");
    }

    [TestMethod]
    public void Vectors_ModelWithoutNetwork_SaysSo() => StringAssert.StartsWith(
        Assert.ThrowsExactly<ArgumentException>(() => _mlContext.Transforms.CopyColumns("A", "City").Fit(CityRow.View()).Vectors("City")).Message,
        "The model has no network of this library");
}
