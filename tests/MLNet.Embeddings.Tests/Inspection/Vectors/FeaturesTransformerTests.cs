using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class FeaturesTransformerTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Features_WholeRow_AreWhatTheOutputLayerReads()
    {
        var network = Networks.OfEveryKind();
        var rows = View(300);

        float[][] features = Read(Networks.Transformer(network).Features("Row"), rows);

        float[] scores = Networks.Score(network, rows);
        float[] weights = network["head.2.weight"].ToArray();
        for (int i = 0; i < scores.Length; i++)
        {
            Assert.HasCount(3, features[i]);
            Assert.AreEqual(scores[i], features[i].Zip(weights, (x, w) => x * w).Sum() + network["head.2.bias"][0], 1e-4);
        }
    }

    [TestMethod]
    public void Features_NoHiddenLayersOrSeveralNetworks_AreCombinedVectorsOneAfterTheOther()
    {
        var category = new CategoryShape(nameof(NetworkRow.Category), KeyCount: 3, Dimensions: 2);
        TrainedNetwork first = Networks.Random(1, [], category), second = Networks.Random(2, [], category);
        NetworkRow[] rows = [.. Enumerable.Range(0, 4).Select(key => new NetworkRow { CategoryKey = (uint)key })];

        float[][] features = Read(
            new MultiEmbeddingTransformer([], new TrainedModel([first, second], Wide: null, []), Networks.History).Features("Row"),
            _mlContext.Data.LoadFromEnumerable(rows));

        for (int key = 0; key < 4; key++)
        {
            float[] Vector(TrainedNetwork network) => network["columns.Category.table"].Slice(2 * key, 2).ToArray();
            CollectionAssert.AreEqual((float[])[.. Vector(first), .. Vector(second)], features[key]);
        }
    }

    [TestMethod]
    public void Features_Ensemble_AreTheMeanOverItsMembers()
    {
        var number = new NumberShape("Age", Size: 1, MissingIndicator: false);
        var plain = Networks.Random(1, [2], number);
        var shape = plain.Shape with { Head = new HeadShape([2], EnsembleSize: 2) };
        // The second member's hidden values are three times the first's, so their mean is twice those.
        var ensemble = TrainedNetwork.Of(shape, shape.Weights().Select(weight => (weight.Name, Values: weight.Name switch
        {
            "head.0.r" => new float[] { 1, 1 },
            "head.0.s" => [1, 1, 3, 3],
            "head.0.bias" => [.. plain["head.0.bias"], .. plain["head.0.bias"].ToArray().Select(value => 3 * value)],
            "head.1.weight" or "head.1.bias" => new float[weight.Extents.Aggregate((product, extent) => product * extent)],
            var name => plain[name].ToArray(),
        })));
        var rows = CityRow.View([.. new[] { -2f, 0.5f, 3 }.Select(age => new CityRow { Age = age })]);

        float[][] expected = Read(Networks.Transformer(plain).Features("Row"), rows);
        float[][] features = Read(Networks.Transformer(ensemble).Features("Row"), rows);

        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 2; j++) Assert.AreEqual(2 * expected[i][j], features[i][j], 1e-5);
        }
    }

    [TestMethod]
    public void Features_OneColumn_AreItsPartOfTheCombinedVectorAndReadNothingElse()
    {
        var network = Networks.OfEveryKind();
        var rows = NetworkRow.Random(50);
        var view = _mlContext.Transforms.SelectColumns("Mean").Fit(View(50)).Transform(_mlContext.Data.LoadFromEnumerable(rows));

        float[][] features = Read(Networks.Transformer(network).Features("Vector", "Mean"), view);

        for (int i = 0; i < rows.Length; i++)
        {
            uint[] keys = [.. rows[i].Mean.Where(key => key > 0)];
            for (int j = 0; j < 3; j++)
            {
                double mean = keys.Length == 0 ? 0 : keys.Average(key => (double)network["columns.Mean.table"][(int)key * 3 + j]);
                Assert.AreEqual(mean, features[i][j], 1e-5);
            }
        }
    }

    [TestMethod]
    public void Features_RawColumns_TakeAllReadingsAndParts()
    {
        var rows = RawRow.View(RawRow.Random(60, seed: 1));
        var model = RawRow.Trainer(RawRow.Options with { MaxEpochs = 1 }).Fit(rows);
        int Size(string column) => 2 * model.Model.Shape.Columns.Where(one => one.Name == column || one.Name.StartsWith($"{column}/", StringComparison.Ordinal))
            .Sum(one => one.OutputSize);

        foreach (string column in new[] { "Title", "Listed", "City", "Area", "Tags" })
        {
            var view = model.Features("Vector", column).Transform(_mlContext.Transforms.SelectColumns(column).Fit(rows).Transform(rows));

            Assert.AreEqual(Size(column), ((VectorDataViewType)view.Schema["Vector"].Type).Size, column);
            Assert.HasCount(60, view.GetColumn<float[]>("Vector").ToArray());
        }
        Assert.IsTrue(model.Model.Wide is not null || model.Model.Networks.Count > 1);
        Assert.HasCount(2 * model.Model.Shape.HiddenSize, Read(model.Features("Row"), rows)[0]);
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => model.Features("Vector", "Town")).Message,
            "The model reads no column 'Town'. It reads 'Title', 'City',");
    }

    [TestMethod]
    public void Features_RowByRowInParallelAndLoaded_HaveTheSameBits()
    {
        var rows = View(300);
        var features = Networks.Transformer(Networks.OfEveryKind()).Features("Row");
        var view = _mlContext.Data.Cache(rows);
        var expected = Rows.ById(features.Transform(view).GetRowCursor(features.GetOutputSchema(view.Schema)));

        CollectionAssert.AreEqual(expected, Rows.OneByOne(features, view));
        var transformed = features.Transform(view);
        CollectionAssert.AreEquivalent(
            expected, transformed.GetRowCursorSet(transformed.Schema, 3).AsParallel().SelectMany(cursor => Rows.ById(cursor)).ToArray());
        var loaded = EstimatorWorkout.SaveAndLoad(features, rows.Schema);
        CollectionAssert.AreEqual(expected, Rows.OneByOne(loaded, view));
        Assert.AreEqual("Row", Assert.IsInstanceOfType<FeaturesTransformer>(loaded).OutputColumnName);
        CollectionAssert.AreEqual(
            Read(Networks.Transformer(Networks.OfEveryKind()).Features("Vector", "Gru"), rows)[7],
            Read(EstimatorWorkout.SaveAndLoad(Networks.Transformer(Networks.OfEveryKind()).Features("Vector", "Gru"), rows.Schema), rows)[7]);
    }

    [TestMethod]
    public void Features_ChainsInAChain_KeepTheStepsTheyNeedAndWorkWithoutTheLabel()
    {
        var rows = CityRow.View(CityRow.Random(50));
        var keys = _mlContext.Transforms.Conversion.MapValueToKey("Class", "Label").Append(CityRow.Indexing(_mlContext)).Fit(rows);
        var trainer = _mlContext.MulticlassClassification.Trainers.MultiEmbedding(CityRow.Options with { LabelColumnName = "Class", MaxEpochs = 1 });
        var model = new TransformerChain<ITransformer>(new TransformerChain<ITransformer>(keys), trainer.Fit(keys.Transform(rows)));
        var unlabelled = EstimatorWorkout.Without(rows, "Label");

        var features = Assert.IsInstanceOfType<TransformerChain<ITransformer>>(model.Features("Row"));
        var city = Assert.IsInstanceOfType<TransformerChain<ITransformer>>(model.Features("Vector", "City"));

        CollectionAssert.AreEqual(
            new[] { typeof(TokenIndexingTransformer), typeof(CategoryIndexingTransformer), typeof(FeaturesTransformer) },
            features.Select(step => step.GetType()).ToArray());
        CollectionAssert.AreEqual(
            new[] { typeof(CategoryIndexingTransformer), typeof(FeaturesTransformer) }, city.Select(step => step.GetType()).ToArray());
        Assert.HasCount(8, Read(features, unlabelled)[0]);
        string name = CityRow.Random(50)[3].City!;
        CollectionAssert.AreEqual(
            model.Vectors("City")[name].ToArray(), Read(city, _mlContext.Transforms.SelectColumns("City").Fit(rows).Transform(rows))[3]);
        CollectionAssert.AreEqual(
            Read(features, rows)[9], Read(new TransformerChain<ITransformer>(keys, features.Last()).ForScoring(), unlabelled)[9]);
    }

    [TestMethod]
    public void Features_AStepThatMakesTheLabelAsWell_WorkWithoutTheLabel()
    {
        CityRow[] data = CityRow.Random(50);
        var rows = CityRow.View(data);
        var model = _mlContext.Transforms.Conversion.MapValueToKey([new("Class", "Label"), new("Town", "City")])
            .Append(_mlContext.MulticlassClassification.Trainers.MultiEmbedding(
                CityRow.Options with { LabelColumnName = "Class", Columns = [InputColumn.Category("Town", 3)], MaxEpochs = 1 })).Fit(rows);
        var unlabelled = EstimatorWorkout.Without(rows, "Label");

        var features = model.Features("Vector", "City");

        float[] expected = model.Vectors("City")[data[3].City!].ToArray();
        CollectionAssert.AreEqual(expected, Read(features, unlabelled)[3]);
        CollectionAssert.AreEqual(expected, Read(features, rows)[3]);
        CollectionAssert.AreEqual(expected, Read(EstimatorWorkout.SaveAndLoad(features, rows.Schema).ForScoring(), unlabelled)[3]);
        using var generator = model.AsEmbeddingGenerator("City");
        CollectionAssert.AreEqual(expected, generator.GenerateAsync([data[3].City!]).Result[0].Vector.ToArray());
    }

    [TestMethod]
    public void Features_EncoderDecoder_AreTheLastStates()
    {
        var model = SequenceEstimators.Fit(SequenceEstimators.Tiny with { MaxEpochs = 1 }, SumRow.All(6, seed: 1));
        var rows = SumRow.View([.. SumRow.All(9, seed: 2), new SumRow()]);

        float[][] states = Read(model.Features("Row"), rows);

        Assert.HasCount(model.Network.Shape.EncodedSize, states[0]);
        Assert.IsTrue(states[^1].All(value => value == 0), "an empty source");
        var indexed = ((INetworkModel)model).Steps[0].Transform(rows);
        var network = EncoderDecoders.Layers(model.Network);
        int[][] sources = [.. indexed.GetColumn<uint[]>(((INetworkModel)model).Columns[0].Name).Select(keys => keys.Select(key => (int)key).ToArray())];
        foreach (int row in new[] { 0, 40 })
        {
            network.Encode([sources[row].Length], sources[row]);
            CollectionAssert.AreEqual(network.Encoder.Edge(model.Network.Shape.Encoder.Layers - 1, 1).ToArray(), states[row]);
        }
        CollectionAssert.AreEqual(states[5], Read(EstimatorWorkout.SaveAndLoad(model.Features("Row", nameof(SumRow.Sum)), rows.Schema), rows)[5]);
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => model.Features("Row", nameof(SumRow.Result))).Message, "Column 'Result' is the target of the model");
    }

    [TestMethod]
    public void Features_BeforeClustersAnomaliesAndATrainer_AreReadByThem()
    {
        CityRow[] data = CityRow.Random(120);
        var rows = CityRow.View(data);
        var model = CityRow.Fit(CityRow.Options, data);
        var features = model.Features("Row");
        var view = features.Transform(rows);

        var clusters = _mlContext.Clustering.Trainers.KMeans("Row", numberOfClusters: 2).Fit(view).Transform(view).GetColumn<uint>("PredictedLabel").ToArray();
        var anomalies = _mlContext.AnomalyDetection.Trainers.RandomizedPca("Row", rank: 2).Fit(view).Transform(view).GetColumn<float>("Score").ToArray();
        var linear = _mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("Label", "Row").Fit(view);

        double share = data.Zip(clusters, (row, cluster) => row.Label == (cluster == 1)).Average(same => same ? 1.0 : 0);
        Assert.IsGreaterThan(0.9, Math.Max(share, 1 - share), "the text says the label, so rows of a label lie together");
        Assert.IsTrue(anomalies.All(float.IsFinite));
        Assert.IsGreaterThan(0.95, _mlContext.BinaryClassification.Evaluate(linear.Transform(view)).AreaUnderRocCurve);
        CollectionAssert.AreEqual(
            model.Vectors("City")["Lima"].ToArray(), new TransformerChain<ITransformer>(features, linear).Vectors("City")["Lima"].ToArray());
    }

    private IDataView View(int count) => _mlContext.Data.LoadFromEnumerable(NetworkRow.Random(count));

    private static float[][] Read(ITransformer features, IDataView rows)
    {
        var view = features.Transform(rows);
        return [.. view.GetColumn<float[]>(view.Schema[view.Schema.Count - 1])];
    }
}
