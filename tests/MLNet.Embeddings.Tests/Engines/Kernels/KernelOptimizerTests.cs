namespace MLNet.Embeddings.Tests;

/// <summary>The optimizer beside the formulas in double precision, and averages that every row follows in every step.</summary>
[TestClass]
public sealed class KernelOptimizerTests
{
    private const int Steps = 25;
    private const double Rate = 0.05;

    private static readonly EngineSettings All = new() { WeightDecay = 0.1, MaxGradientNorm = 0.5, AveragingDecay = 0.9, Threads = 2 };

    [TestMethod]
    [DataRow(false, 0.0, double.PositiveInfinity)]
    [DataRow(false, 0.0, 1e6)]
    [DataRow(false, 0.9, 0.5)]
    [DataRow(false, 0.05, 0.5)]
    [DataRow(true, 0.0, 0.5)]
    [DataRow(true, 0.99, 0.5)]
    public void Step_Several_FollowTheFormulas(bool everyRow, double averaging, double maxNorm)
    {
        var settings = All with { MaxGradientNorm = maxNorm, AveragingDecay = averaging, DenseTableUpdates = everyRow };
        var trained = new Trained(settings);
        var plain = trained.Initial.ToDictionary(array => array.Key, array => new PlainAdam(array.Value));

        for (int step = 0; step < Steps; step++)
        {
            trained.Step(step);
            double norm = Math.Sqrt(trained.Initial.Keys.Sum(name => trained.GradientsOf(step, name).Sum(value => value * value)));
            foreach (var (name, array) in plain) array.Step(step + 1, Rate, Rows(step), trained.GradientsOf(step, name), norm, settings);
        }

        float[] weights = trained.Weights();
        foreach (var (name, array) in plain) Numbers.AreClose(array.Weights, trained.Values(name), name);
        Assert.AreEqual(averaging > 0, trained.Optimizer.BeginAverage());
        if (averaging == 0) return;
        foreach (var (name, array) in plain) Numbers.AreClose(array.Average, trained.Values(name), $"average of {name}");
        trained.Optimizer.Exchange();
        CollectionAssert.AreEqual(weights, trained.Weights());
    }

    [TestMethod]
    public void Step_RowsLookedUp_AreTheOnlyOnesThatChange()
    {
        var trained = new Trained(All with { AveragingDecay = 0 });
        float[] before = trained.Values("table");

        trained.Step(0);
        trained.Step(1);

        int[] changed = [.. Enumerable.Range(0, 5).Where(row => !before.AsSpan(2 * row, 2).SequenceEqual(trained.Values("table").AsSpan(2 * row, 2)))];
        CollectionAssert.AreEqual(new[] { 1, 3 }, changed);
    }

    [TestMethod]
    public void Step_Twice_IsAdamsByHand()
    {
        var trained = new Trained(new EngineSettings());
        float start = trained.Values("vector")[1];

        // The first step is the learning rate against the gradient's sign; the second has the moments of gradients 3 and -1.
        trained.StepAlong("vector", index: 1, gradient: 3, rate: 0.1);
        Assert.AreEqual(start - 0.1, trained.Values("vector")[1], 1e-6);
        trained.StepAlong("vector", index: 1, gradient: -1, rate: 0.1);

        double mean = (0.9 * 0.1 * 3 + 0.1 * -1) / (1 - 0.9 * 0.9), square = (0.999 * 0.001 * 9 + 0.001 * 1) / (1 - 0.999 * 0.999);
        Assert.AreEqual(start - 0.1 - 0.1 * mean / Math.Sqrt(square), trained.Values("vector")[1], 1e-6);
    }

    [TestMethod]
    public void Step_WithoutGradients_DecaysMatricesAlone()
    {
        var trained = new Trained(new EngineSettings { WeightDecay = 0.5, DenseTableUpdates = true });

        trained.StepAlong("vector", index: 0, gradient: 0, rate: 0.1);

        foreach (var (name, initial) in trained.Initial)
        {
            double kept = initial.Role == ArrayRole.Matrix ? 1 - 0.1 * 0.5 : 1;
            Numbers.AreClose([.. initial.Values.Select(value => kept * value)], trained.Values(name), name, 1e-7);
        }
    }

    [TestMethod]
    public void Step_LearningRateZero_KeepsWeightsAndGathersMoments()
    {
        Trained still = new(All), moved = new(All);
        float[] before = still.Weights();

        still.Step(0, rate: 0);
        moved.Step(0);

        CollectionAssert.AreEqual(before, still.Weights());
        Assert.AreEqual(1, still.Optimizer.StepCount);
        CollectionAssert.AreEqual(moved.Optimizer.Save().Arrays["dense.first_moments"].Values, still.Optimizer.Save().Arrays["dense.first_moments"].Values);
    }

    [TestMethod]
    public void Clear_AfterAStep_ForgetsItsGradients()
    {
        var trained = new Trained(All);
        trained.Step(0);

        trained.Optimizer.Clear();

        Assert.IsTrue(trained.Parameters.CopyGradients().Values.All(gradients => gradients.All(gradient => gradient == 0)));
        Assert.IsTrue(trained.Table.Touched.IsEmpty);
    }

    [TestMethod]
    [DataRow(false, 0.0)]
    [DataRow(false, 0.5)]
    [DataRow(false, 0.99)]
    [DataRow(true, 0.0)]
    [DataRow(true, 0.99)]
    public void Restore_HalfWay_GoesOnBitForBit(bool everyRow, double averaging)
    {
        var settings = All with { AveragingDecay = averaging, DenseTableUpdates = everyRow };
        Trained whole = new(settings), first = new(settings), second = new(settings);
        for (int step = 0; step < 30; step++) whole.Step(step);
        for (int step = 0; step < 15; step++) first.Step(step);

        var saved = WrittenAndRead(first.Optimizer.Save());
        first.Step(15); // What was saved is a copy, which this does not change.
        second.Optimizer.Restore(saved);
        for (int step = 15; step < 30; step++) second.Step(step);

        Assert.AreEqual(30, second.Optimizer.StepCount);
        CollectionAssert.AreEqual(whole.Weights(), second.Weights());
        Assert.AreEqual(averaging > 0, whole.Optimizer.BeginAverage() && second.Optimizer.BeginAverage());
        CollectionAssert.AreEqual(whole.Weights(), second.Weights(), "averages");
    }

    [TestMethod]
    public void Restore_StateOfOtherSettings_SaysWhatDiffersAndChangesNothing()
    {
        Trained plain = new(new EngineSettings()), averaged = new(new EngineSettings { AveragingDecay = 0.9 }), narrower = new(new EngineSettings(), units: 1);
        plain.Step(0);
        plain.Step(1);
        var state = plain.Optimizer.Save();
        var before = WrittenAndRead(state);

        AssertRefused(averaged, state, "lacks the array 'dense.average'");
        AssertRefused(plain, averaged.Optimizer.Save(), "has the array 'dense.average', for which there is no use");
        AssertRefused(plain, narrower.Optimizer.Save(), "has 3 values in the array 'dense.values' where 9 are needed");

        var after = plain.Optimizer.Save();
        Assert.AreEqual(2, after.Step);
        foreach (var (name, array) in before.Arrays) CollectionAssert.AreEqual(array.Values, after.Arrays[name].Values, name);
    }

    [TestMethod]
    public void Save_TableThatIsNotTrained_HoldsNothingOfIt()
    {
        var trained = new Trained(All, isTrained: false);
        float[] before = trained.Values("table");

        trained.Step(0);

        Assert.IsFalse(trained.Optimizer.Save().Arrays.Keys.Any(name => name.Contains("table", StringComparison.Ordinal)));
        Assert.IsTrue(trained.Optimizer.BeginAverage());
        CollectionAssert.AreEqual(before, trained.Values("table"));
        Assert.AreSame(trained.Initial["table"].Values, trained.Table.Values);
    }

    private static void AssertRefused(Trained trained, TrainingState state, string what)
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => trained.Optimizer.Restore(state)).Message;

        Assert.AreEqual($"The state of the optimizer {what}; continue with the columns, data and options that it was saved with.", message);
    }

    /// <summary>The state after a way through a file.</summary>
    private static TrainingState WrittenAndRead(TrainingState state)
    {
        using var file = new MemoryStream();
        SafeTensors.Write(file, state.Arrays);
        file.Position = 0;
        return state with { Arrays = SafeTensors.Read(file) };
    }

    /// <summary>The rows of the table that a step looks up, some of them rarely.</summary>
    private static int[] Rows(int step) => step % 5 == 4 ? [] : step % 7 == 3 ? [4, 1] : [3, 1];

    /// <summary>A table (5, 2), a matrix (units, 2) and a vector (units) with their optimizer.</summary>
    private sealed class Trained
    {
        internal Trained(EngineSettings settings, int units = 3, bool isTrained = true)
        {
            Initial = new()
            {
                ["table"] = new([5, 2], Numbers.Random(10, seed: 1), ArrayRole.Table, isTrained),
                ["vector"] = new([units], Numbers.Random(units, seed: 2), ArrayRole.Vector),
                ["matrix"] = new([units, 2], Numbers.Random(2 * units, seed: 3), ArrayRole.Matrix),
            };
            Parameters = new TrainableParameters(Initial.ToDictionary(array => array.Key, array => array.Value), settings.Threads);
            Table = Parameters.Table(new TableShape("table", KeyCount: 4, Dimensions: 2, IsPadded: false, Columns: [0]));
            foreach (var (name, array) in Initial.Where(array => array.Key != "table")) Parameters.Get(name, array.Role, Initializers.Zeros, array.Extents);
            Parameters.LayOut();
            Optimizer = new KernelOptimizer(Parameters, settings);
        }

        internal Dictionary<string, InitialArray> Initial { get; }

        internal TrainableParameters Parameters { get; }

        internal EmbeddingTable Table { get; }

        internal KernelOptimizer Optimizer { get; }

        internal void Step(int step, double rate = Rate)
        {
            Optimizer.Clear();
            Table.LookUp(Rows(step), training: true);
            for (int i = 0; i < Table.Touched.Length; i++)
            {
                for (int j = 0; j < 2; j++) Table.Gradients[2 * i + j] = (float)GradientsOf(step, "table")[2 * Table.Touched[i] + j];
            }
            // Matrices come first in the block.
            GradientsOf(step, "matrix").Concat(GradientsOf(step, "vector")).Select(gradient => (float)gradient).ToArray().CopyTo(Parameters.Gradients, 0);
            Optimizer.Step(rate);
        }

        internal void StepAlong(string name, int index, float gradient, double rate)
        {
            Optimizer.Clear();
            Parameters.Gradients[(name == "vector" ? Parameters.MatrixCount : 0) + index] = gradient;
            Optimizer.Step(rate);
        }

        internal double[] GradientsOf(int step, string name)
        {
            float[] values = Numbers.Random(Initial[name].Values.Length, 100 * step + name.Length);
            return [.. values.Select((value, i) => name == "table" && !Rows(step).Contains(i / 2) ? 0.0 : value)];
        }

        internal float[] Values(string name) => [.. Parameters.Export().Single(array => array.Name == name).Values];

        internal float[] Weights() => [.. Parameters.Export().SelectMany(array => array.Values)];
    }
}
