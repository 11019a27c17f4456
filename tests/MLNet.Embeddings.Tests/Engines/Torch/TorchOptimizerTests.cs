using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>The optimizer beside the formulas in double precision, and averages that every row follows in every step.</summary>
[TestClass]
public sealed class TorchOptimizerTests
{
    private const int Steps = 25;
    private const double Rate = 0.05;

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DataRow(false, 0.0, double.PositiveInfinity)]
    [DataRow(false, 0.9, 0.5)]
    [DataRow(true, 0.99, 0.5)]
    public void Step_Several_FollowTheFormulas(bool everyRow, double averaging, double maxNorm)
    {
        var settings = new EngineSettings { WeightDecay = 0.1, MaxGradientNorm = maxNorm, AveragingDecay = averaging, DenseTableUpdates = everyRow };
        using var trained = new Trained(settings);
        PlainAdam[] plain = [.. trained.Arrays.All.Select(array => new PlainAdam(array.Initial))];

        for (int step = 0; step < Steps; step++)
        {
            trained.Step(step);
            double norm = Math.Sqrt(plain.Index().Sum(item => Gradients(step, item.Index, item.Item.Weights.Length).Sum(value => value * value)));
            foreach (var (i, array) in plain.Index()) array.Step(step + 1, Rate, Rows(step), Gradients(step, i, array.Weights.Length), norm, settings);
        }

        foreach (var (array, expected) in trained.Arrays.All.Zip(plain)) Numbers.AreClose(expected.Weights, TorchArrays.Floats(array.Values), array.Name);
        using (trained.Optimizer.UseAverage())
        {
            foreach (var (array, expected) in trained.Arrays.All.Zip(plain)) Numbers.AreClose(averaging > 0 ? expected.Average : expected.Weights,
                TorchArrays.Floats(array.Values), array.Name);
        }
        foreach (var (array, expected) in trained.Arrays.All.Zip(plain)) Numbers.AreClose(expected.Weights, TorchArrays.Floats(array.Values), array.Name);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Restore_Saved_GoesOnBitForBit(bool everyRow)
    {
        var settings = new EngineSettings { WeightDecay = 0.1, MaxGradientNorm = 0.5, AveragingDecay = 0.9, DenseTableUpdates = everyRow };
        using Trained whole = new(settings), first = new(settings), second = new(settings);
        for (int step = 0; step < 6; step++) whole.Step(step);
        for (int step = 0; step < 3; step++) first.Step(step);

        second.Optimizer.Restore(first.Optimizer.Save());
        for (int step = 3; step < 6; step++) second.Step(step);

        TrainingState expected = whole.Optimizer.Save(), actual = second.Optimizer.Save();
        Assert.AreEqual(expected.Step, actual.Step);
        Assert.HasCount(3 * 5, actual.Arrays);
        foreach (var (name, array) in expected.Arrays) CollectionAssert.AreEqual(array.Values, actual.Arrays[name].Values, name);
    }

    [TestMethod]
    public void Restore_OfOtherSettings_ChangesNothingAndSaysWhat()
    {
        using Trained averaged = new(new EngineSettings { AveragingDecay = 0.9 }), plain = new(new EngineSettings());
        plain.Step(0);
        var before = plain.Optimizer.Save();

        Assert.Contains("has the array 'average", Assert.ThrowsExactly<ArgumentException>(() => plain.Optimizer.Restore(averaged.Optimizer.Save())).Message);
        Assert.Contains("lacks the array 'average", Assert.ThrowsExactly<ArgumentException>(() => averaged.Optimizer.Restore(before)).Message);
        var longer = before.Arrays.ToDictionary(array => array.Key, array => array.Value);
        longer["weights.matrix"] = WeightArray.Vector([1]);
        Assert.Contains("has 1 values in the array 'weights.matrix' where 6 are needed",
            Assert.ThrowsExactly<ArgumentException>(() => plain.Optimizer.Restore(before with { Arrays = longer })).Message);

        foreach (var (name, array) in plain.Optimizer.Save().Arrays) CollectionAssert.AreEqual(before.Arrays[name].Values, array.Values, name);
    }

    /// <summary>The rows of the table that a step looks up, some of them rarely.</summary>
    private static int[] Rows(int step) => step % 5 == 4 ? [] : step % 7 == 3 ? [4, 1] : [3, 1];

    private static double[] Gradients(int step, int array, int length)
    {
        float[] values = Numbers.Random(length, 100 * step + array);
        if (array == 0) values = [.. values.Select((value, i) => Rows(step).Contains(i / 2) ? value : 0)];
        return [.. values];
    }

    /// <summary>A table (5, 2), a matrix (3, 2) and a vector (3) with their optimizer.</summary>
    private sealed class Trained : IDisposable
    {
        internal Trained(EngineSettings settings)
        {
            InitialArray Array(ArrayRole role, int seed, params int[] extents) =>
                new(extents, Numbers.Random(extents.Aggregate(1, (product, extent) => product * extent), seed), role);
            Arrays = new TorchArrays(new Dictionary<string, InitialArray>
            {
                ["table"] = Array(ArrayRole.Table, 1, 5, 2),
                ["matrix"] = Array(ArrayRole.Matrix, 2, 3, 2),
                ["vector"] = Array(ArrayRole.Vector, 3, 3),
            }, torch.CPU);
            Optimizer = new TorchOptimizer([.. Arrays.All], settings);
        }

        internal TorchArrays Arrays { get; }

        internal TorchOptimizer Optimizer { get; }

        internal void Step(int step)
        {
            using (var scope = torch.NewDisposeScope())
            {
                foreach (var array in Arrays.All) array.Clear();
                foreach (var (i, array) in Arrays.All.Index())
                {
                    using var gradients = array.Tensor([.. Gradients(step, i, array.Initial.Values.Length).Select(value => (float)value)], torch.CPU);
                    var rows = Rows(step);
                    if (i > 0) (array.Values * gradients).sum().backward();
                    else if (rows.Length > 0) (array.LookUp(rows) * gradients.index_select(0, TorchArrays.Index(rows, torch.CPU))).sum().backward();
                }
            }
            Optimizer.Step(Rate);
        }

        public void Dispose()
        {
            Optimizer.Dispose();
            Arrays.Dispose();
        }
    }
}
