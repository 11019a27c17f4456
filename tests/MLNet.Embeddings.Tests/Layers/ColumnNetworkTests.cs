using System.Reflection;
using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>The layers beside the same network in torch's own operations, with the same weights and rows.</summary>
[TestClass]
public sealed class ColumnNetworkTests
{
    private const double Tolerance = 1e-5;

    private static readonly EngineSettings Settings = new() { Seed = 3, Threads = 2 };

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Learn_AnySequenceEncoder_AgreesWithTorch(SequenceEncoder encoder) => AssertParity(
        TorchCases.Network(5, new HeadShape([7]), new SequenceShape("text", KeyCount: 9, Dimensions: 6, encoder)));

    [TestMethod]
    public void Learn_NumberEncoders_AgreeWithTorch()
    {
        AssertParity(TorchCases.Network(5, new HeadShape([7]), new NumberShape("x", 3, MissingIndicator: true)));
        AssertParity(TorchCases.Network(6, new HeadShape([7]), new NumberShape("x", 3, MissingIndicator: true, NumberEncoder.Quantile(), [6, 1, 4])));
        AssertParity(
            TorchCases.Network(7, new HeadShape([7]), new NumberShape("x", 3, MissingIndicator: true, NumberEncoder.PiecewiseLinear(5, 3), [6, 1, 4])));
        AssertParity(TorchCases.Network(8, new HeadShape([7]), new NumberShape("x", 2, MissingIndicator: false, NumberEncoder.PiecewiseLinear(5, 3), [1, 1])));
        AssertParity(TorchCases.Network(9, new HeadShape([7]), new NumberShape("x", 3, MissingIndicator: false, NumberEncoder.Periodic(3, 4), [6, 1, 4])));
    }

    [TestMethod]
    [DynamicData(nameof(Heads), DynamicDataDisplayName = nameof(NameOf))]
    public void Learn_EveryHead_AgreesWithTorch(object head)
    {
        AssertParity(TorchCases.Network(4, (HeadShape)head, TorchCases.Columns));
        AssertParity(TorchCases.Network(4, (HeadShape)head, TorchCases.Columns), rowCount: 1);
    }

    [TestMethod]
    public void Learn_ManyRows_AgreesWithTorch()
    {
        AssertParity(TorchCases.Network(4, new HeadShape([64, 33]), TorchCases.Columns), rowCount: 700);
        AssertParity(TorchCases.Network(4, new HeadShape([64], Normalization: Normalization.Batch, EnsembleSize: 4), TorchCases.Columns), rowCount: 700);
    }

    [TestMethod]
    public void Learn_AnyNumberOfThreads_DropsTheSame()
    {
        var trained = TorchCases.Network(4, new HeadShape([64], Normalization: Normalization.Layer), TorchCases.Columns);
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, 600, seed: 1));
        double[] LossesOn(int threads)
        {
            using var network = new KernelColumns(trained.Shape, TorchCases.Initial(trained), Settings with { Threads = threads, Dropout = 0.4 });
            double first = network.Learn(batch, TorchCases.Loss);
            network.Step(0);
            return [first, network.Learn(batch, TorchCases.Loss)];
        }

        double[] one = LossesOn(1), three = LossesOn(3);

        Assert.AreEqual(one[0], three[0], 1e-2);
        Assert.AreEqual(one[1], three[1], 1e-2);
        Assert.AreNotEqual(one[0], one[1], 0.1);
    }

    public static string NameOf(MethodInfo method, object[] data) => $"{method.Name} {data[0]}";

    private static IEnumerable<SequenceEncoder[]> Encoders => TorchCases.Encoders.Select(encoder => new[] { encoder });

    private static IEnumerable<object[]> Heads =>
        from combination in Enum.GetValues<ColumnCombination>()
        from normalization in Enum.GetValues<Normalization>()
        from activation in Enum.GetValues<ActivationFunction>()
        from members in new[] { 1, 3 }
        let hidden = members == 1 && activation == ActivationFunction.Tanh ? (int[])[] : [7, 6]
        select new object[] { new HeadShape(hidden, combination, activation, normalization, members) };

    private static void AssertParity(TrainedNetwork trained, int rowCount = 30)
    {
        trained = WithoutDropout(trained);
        var batch = TorchCases.Batch(trained, TorchCases.Rows(trained.Shape, rowCount, seed: 1));
        // Small products are slower on several threads.
        using var turn = TorchTurn.Take(1, CancellationToken.None);
        using var torchs = new TorchColumnNetwork(trained.Shape, TorchCases.Initial(trained), Settings, torch.CPU);
        using var ours = new KernelColumns(trained.Shape, TorchCases.Initial(trained), Settings);

        AssertClose(TorchCases.Scores(torchs, batch), TorchCases.Scores(ours, batch), "scores");
        double expected = torchs.Learn(batch, TorchCases.Loss), loss = ours.Learn(batch, TorchCases.Loss);
        Assert.AreEqual(expected, loss, Tolerance * rowCount);
        var gradients = ours.Gradients();
        // Sums of large terms that nearly cancel, such as a bias before batch normalisation has, are only as exact as the terms.
        double largest = torchs.Gradients().Values.SelectMany(values => values).Max(Math.Abs);
        // A product of seven vectors varies so little that batch normalisation magnifies rounding: torch on two threads is as far from torch on one.
        double least = trained.Shape.Head is { Combination: ColumnCombination.Multiply, Normalization: Normalization.Batch } ? 5 * largest : largest;
        foreach (var (name, values) in torchs.Gradients()) AssertClose(values, gradients[name], $"gradients of {name}", least);

        torchs.Step(0.01);
        ours.Step(0.01);
        var exported = ours.Export().ToDictionary(array => array.Name, array => array.Values);
        foreach (var (name, values) in torchs.Export().Where(array => array.Name.Contains("running", StringComparison.Ordinal)))
            AssertClose(values, exported[name], name);
    }

    private static TrainedNetwork WithoutDropout(TrainedNetwork trained) => trained with
    {
        Shape = trained.Shape with
        {
            Columns = [.. trained.Shape.Columns.Select(column =>
                column is SequenceShape sequence ? sequence with { Encoder = TorchCases.WithoutDropout(sequence.Encoder) } : column)],
        },
    };

    private static void AssertClose(float[] expected, float[] actual, string what, double least = 0)
    {
        Assert.HasCount(expected.Length, actual, what);
        double scale = Math.Max(least, expected.Select(Math.Abs).DefaultIfEmpty().Max());
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], Tolerance * scale, $"{what}, {i}");
    }
}
