using TorchSharp;
using TorchSharp.Modules;

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
    public void Step_WithoutTorch_IsTorchsAdamOverAllWeights() => AssertIsTorchsAdam(() => new ManagedNetwork(TorchNetworks.Shape([4], City), new(0, 2), new SplitMix(2)));

    [TestMethod]
    public void Step_WithTorch_IsTorchsAdamOverAllWeights() => AssertIsTorchsAdam(() => TorchNetworks.Random(
        TorchNetworks.Shape([4], City, new SequenceShape("Words", KeyCount: 12, Dimensions: 2, SequenceEncoder.Gru(3))), seed: 1));

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

    /// <summary>With a column of words torch trains, without it nothing of torch takes part. No dropout of keys: all batches of all rows touch the same.</summary>
    private static MultiEmbeddingOptions Options(int firstColumn) => Trainers.Options with
    {
        Columns = [.. Trainers.AllColumns.Skip(firstColumn)],
        MaxEpochs = 2,
        ValidationFraction = 0,
        Regularization = new() { UnknownDropout = 0 },
    };

    /// <summary>Takes our steps on one network and torch's on another by the same batches, which look up other rows each time.</summary>
    private static void AssertIsTorchsAdam(Func<ILearningNetwork> create)
    {
        using var scope = torch.NewDisposeScope();
        using ILearningNetwork ours = create(), torchs = create();
        for (int i = 0; i < ours.Tables.Count; i++) ours.Tables[i].Values.CopyTo(torchs.Tables[i].Values, 0);
        ours.Dense.Values.CopyTo(torchs.Dense.Values, 0);
        float[] initial = Weights(ours);
        var optimizer = new NetworkOptimizer(ours, Dense);
        Parameter[] parameters = [Parameter(torchs.Dense.Values), .. torchs.Tables.Select(table => Parameter(table.Values))];
        using var adam = torch.optim.Adam(parameters, Dense.LearningRate);

        for (int step = 1; step <= Steps; step++)
        {
            var batch = CreateBatch(ours.Shape, step);
            optimizer.Clear();
            ours.Learn(batch, Networks.Objective.Loss);
            optimizer.Step();

            Array.Clear(torchs.Dense.Gradients);
            torchs.Learn(batch, Networks.Objective.Loss);
            parameters[0].grad = torch.tensor(torchs.Dense.Gradients);
            foreach (var (table, parameter) in torchs.Tables.Zip(parameters[1..])) parameter.grad = torch.tensor(WholeGradients(table));
            torch.nn.utils.clip_grad_norm_(parameters, Dense.Regularization.MaxGradientNorm);
            adam.step();
            parameters[0].Floats().CopyTo(torchs.Dense.Values);
            foreach (var (table, parameter) in torchs.Tables.Zip(parameters[1..])) parameter.Floats().CopyTo(table.Values);

            Numbers.AreClose([.. Weights(torchs).Select(weight => (double)weight)], Weights(ours), $"weights after step {step}", 1e-6);
        }

        foreach (var (column, table) in ours.Shape.Columns.Zip(ours.Tables))
        {
            if (column is SequenceShape) Assert.AreEqual(-1, table.Values.AsSpan(0, table.Dimensions).IndexOfAnyExcept(0f), "The padding has moved.");
        }
        Assert.IsGreaterThan(0.9, Weights(ours).Zip(initial).Count(pair => pair.First != pair.Second) / (double)initial.Length);
    }

    private static Parameter Parameter(float[] values) => new(torch.tensor(values));

    /// <summary>The gradients of all rows of a table: zeros for those that were not looked up.</summary>
    private static float[] WholeGradients(EmbeddingTable table)
    {
        float[] gradients = new float[table.Values.Length];
        for (int i = 0; i < table.Touched.Length; i++)
            table.Gradients.Slice(i * table.Dimensions, table.Dimensions).CopyTo(gradients.AsSpan(table.Touched[i] * table.Dimensions));
        return gradients;
    }

    private static float[] Weights(ILearningNetwork network) => [.. network.Dense.Values, .. network.Tables.SelectMany(table => table.Values)];

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
