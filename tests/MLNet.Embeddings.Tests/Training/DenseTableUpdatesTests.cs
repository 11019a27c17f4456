using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>Adam over whole tables, beside torch's.</summary>
[TestClass]
public sealed class DenseTableUpdatesTests
{
    private const int Steps = 25;

    private static readonly MultiEmbeddingOptions Dense = new()
    {
        LearningRate = 0.01,
        DenseTableUpdates = true,
        Regularization = new() { WeightDecay = 0, MaxGradientNorm = 0.05 },
    };

    private static readonly CategoryShape City = new("City", KeyCount: 9, Dimensions: 3);

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    public void Step_Table_IsTorchsAdamOverAllWeights() => AssertIsTorchsAdam(new NetworkShape([City], new HeadShape([4]), Networks.Labels));

    [TestMethod]
    public void Step_Sequences_IsTorchsAdamOverAllWeights() => AssertIsTorchsAdam(new NetworkShape(
        [City, new SequenceShape("Words", KeyCount: 12, Dimensions: 2, SequenceEncoder.Gru(3))], new HeadShape([4]), Networks.Labels));

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void Fit_BatchesOfAllRows_GivesTheModelOfTouchedRowsAlone(int firstColumn)
    {
        var rows = TrainingRow.Random(60, seed: 1);
        var touched = Options(firstColumn) with { BatchSize = 60 };

        Trainers.AssertSameWeights(Trainers.Fit(touched, rows), Trainers.Fit(touched with { DenseTableUpdates = true }, rows));
    }

    [TestMethod]
    [DataRow(0, "columns.Words.table")]
    [DataRow(1, "columns.Category.table")]
    public void Fit_SmallBatches_MovesRowsThatABatchLacks(int firstColumn, string table)
    {
        var rows = TrainingRow.Random(60, seed: 1);
        var touched = Options(firstColumn) with { BatchSize = 2 };
        var dense = touched with { DenseTableUpdates = true };

        var model = Trainers.Fit(dense, rows);

        Trainers.AssertSameWeights(model, Trainers.Fit(dense, rows));
        CollectionAssert.AreNotEqual(Trainers.Weights(Trainers.Fit(touched, rows))[table].Values, Trainers.Weights(model)[table].Values);
    }

    /// <summary>With a column of words or without it. No dropout of keys: all batches of all rows touch the same.</summary>
    private static MultiEmbeddingOptions Options(int firstColumn) => Trainers.Options with
    {
        Columns = [.. Trainers.AllColumns.Skip(firstColumn)],
        MaxEpochs = 2,
        ValidationFraction = 0,
        Regularization = new() { UnknownDropout = 0 },
    };

    /// <summary>Takes our steps, and torch's on copies of the weights by the same gradients, of batches that look up other rows each time.</summary>
    private static void AssertIsTorchsAdam(NetworkShape shape)
    {
        using var scope = torch.NewDisposeScope();
        var initial = ColumnNetwork.Draw(shape, seed: 1, new Dictionary<string, InitialArray>());
        var before = initial.ToDictionary(array => array.Key, array => array.Value.Values.ToArray());
        var parameters = before.ToDictionary(array => array.Key, array => new TorchSharp.Modules.Parameter(torch.tensor(array.Value)));
        using var adam = torch.optim.Adam(parameters.Values, Dense.LearningRate);
        using var ours = new KernelColumns(shape, initial, Dense.EngineSettings(seed: 1));

        for (int step = 1; step <= Steps; step++)
        {
            ours.Learn(CreateBatch(shape, step), Networks.Objective.Loss);
            foreach (var (name, gradient) in ours.Gradients()) parameters[name].grad = torch.tensor(gradient);
            ours.Step(Dense.LearningRate);
            torch.nn.utils.clip_grad_norm_(parameters.Values, Dense.Regularization.MaxGradientNorm);
            adam.step();

            foreach (var (name, values) in ours.Export())
                Numbers.AreClose([.. parameters[name].data<float>().Select(weight => (double)weight)], values, $"{name} after step {step}", 1e-5, floor: 0.1);
        }

        foreach (var table in shape.Tables.Where(table => table.IsPadded))
        {
            float[] values = ours.Export().Single(array => array.Name == table.Name).Values;
            Assert.AreEqual(-1, values.AsSpan(0, table.Dimensions).IndexOfAnyExcept(0f), "The padding has moved.");
        }
        var pairs = ours.Export().SelectMany(array => array.Values.Zip(before[array.Name])).ToArray();
        Assert.IsGreaterThan(0.9, pairs.Count(pair => pair.First != pair.Second) / (double)pairs.Length);
    }

    /// <summary>Two rows of few keys.</summary>
    private static RowBatch CreateBatch(NetworkShape shape, int seed)
    {
        var random = new Random(seed);
        ColumnData Data(ColumnShape column) => column is CategoryShape
            ? new CategoryData([random.Next(10), random.Next(10)], 9, hasUnknown: false)
            : Tables.Sequences([[random.Next(1, 13), random.Next(1, 13)], random.Next(3) == 0 ? [] : [random.Next(1, 13)]], keyCount: 12);
        var table = new TrainingTable([.. shape.Columns.Select(Data)], [[1, 0]], [1, 1], SkippedRows: 0);
        return new Batcher(table, new NumberScale?[shape.Columns.Count]).Cut([0, 1], UnknownDropout.None);
    }
}
