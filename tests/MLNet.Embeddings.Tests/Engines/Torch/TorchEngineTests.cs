using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>What training with torch does to torch's settings for the whole process, and how fits take turns.</summary>
[TestClass]
public sealed class TorchEngineTests
{
    private static readonly EngineSettings Settings = new() { Seed = 3, Threads = 2, Dropout = 0.2 };
    private static readonly TrainedNetwork Trained = TorchCases.Network(4, new HeadShape([6]), TorchCases.Columns);
    private static readonly RowBatch Batch = TorchCases.Batch(Trained, TorchCases.Rows(Trained.Shape, 20, seed: 1));

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    public void OpenColumns_Training_GivesTheCallersSettingsBackAndPutsNothingIntoHisScope()
    {
        using var scope = torch.NewDisposeScope();
        using var before = torch.get_rng_state().DetachFromDisposeScope();
        int threads = torch.get_num_threads();
        torch.set_default_dtype(torch.float64);
        try
        {
            using var noGradients = torch.no_grad();
            Train(Settings);
            Assert.AreEqual(torch.float64, torch.get_default_dtype());
            Assert.IsFalse(torch.is_grad_enabled());
        }
        finally
        {
            torch.set_default_dtype(torch.float32);
        }

        using var after = torch.get_rng_state().DetachFromDisposeScope();
        CollectionAssert.AreEqual(before.bytes.ToArray(), after.bytes.ToArray());
        Assert.AreEqual(threads, torch.get_num_threads());
        Assert.AreEqual(0, scope.DisposablesCount);
    }

    [TestMethod]
    public void OpenColumns_OneSeed_GivesTheSameWeightsWhateverElseDraws()
    {
        var expected = Train(Settings);

        var actual = Train(Settings, between: () => torch.rand(5).Dispose());
        var other = Train(Settings with { Seed = 4 });

        foreach (var (name, values) in expected) CollectionAssert.AreEqual(values, actual[name], name);
        CollectionAssert.AreNotEqual(expected[HeadShape.LayerWeights(0)], other[HeadShape.LayerWeights(0)]);
    }

    [TestMethod]
    public async Task OpenColumns_OtherFitRuns_WaitsForItAndObeysCancellation()
    {
        using var first = Open(Settings, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var waiting = Task.Run(() => Open(Settings, cancellation.Token).Dispose());
        var cancelled = Assert.ThrowsAsync<OperationCanceledException>(() => waiting);
        await Task.Delay(50, CancellationToken.None).ConfigureAwait(true);
        Assert.IsFalse(waiting.IsCompleted);

        await cancellation.CancelAsync().ConfigureAwait(true);
        await cancelled.ConfigureAwait(true);
        var next = Task.Run(() => Open(Settings, CancellationToken.None).Dispose());
        first.Dispose();
        await next.ConfigureAwait(true);
    }

    [TestMethod]
    public void OpenColumns_WithinAFitOfTheSameThread_NeedsNoTurn()
    {
        using var outer = Open(Settings, CancellationToken.None);
        using (Open(Settings, CancellationToken.None)) { }

        Assert.IsGreaterThan(0, Math.Abs(outer.Learn(Batch, TorchCases.Loss)));
    }

    [TestMethod]
    public void OpenColumns_ArraysThatAreMissing_GivesTheTurnBack()
    {
        Assert.ThrowsExactly<KeyNotFoundException>(() =>
            TorchEngine.OpenColumns(Trained.Shape, new Dictionary<string, InitialArray>(), Settings, gpu: null, fallsBack: false, Assert.Fail,
                CancellationToken.None));

        Open(Settings, CancellationToken.None).Dispose();
    }

    [TestMethod]
    public void OpenColumns_GpuThatIsNotThere_FallsBackOrSaysSo()
    {
        const int None = 77;
        string warning = "";

        var exception = Assert.ThrowsExactly<InvalidOperationException>(() =>
            TorchEngine.OpenColumns(Trained.Shape, TorchCases.Initial(Trained), Settings, None, fallsBack: false, Assert.Fail, CancellationToken.None));
        TorchEngine.OpenColumns(Trained.Shape, TorchCases.Initial(Trained), Settings, None, fallsBack: true, text => warning = text, CancellationToken.None)
            .Dispose();

        Assert.Contains("The MLContext asks for GPU 77, and libtorch finds", exception.Message);
        Assert.Contains("FallbackToCpu", exception.Message);
        Assert.EndsWith("Training uses the CPU instead.", warning);
    }

    [TestMethod]
    public void OpenEncoderDecoder_ArraysOfItsForm_Learns()
    {
        var trained = EncoderDecoders.Random(EncoderDecoders.Shape(), seed: 1);
        var arrays = trained.Weights.ToDictionary(weight => weight.Key, weight =>
            new InitialArray(weight.Value.Extents, weight.Value.Values, ArrayRole.Matrix));
        foreach (string table in new[] { trained.Shape.Source.Table, trained.Shape.Target.Table })
            arrays[table] = arrays[table] with { Role = ArrayRole.Table };
        using var network = TorchEngine.OpenEncoderDecoder(trained.Shape, arrays, Settings, gpu: null, fallsBack: false, Assert.Fail, CancellationToken.None);

        Assert.IsGreaterThan(0, network.Learn(new SequencePairs(new([3, 5], [2], [0, 1]), new([0, 4], [2], [0, 1]), [4, 0]), 0));
        Assert.IsTrue(network.Pads);
    }

    private static ITrainableColumns Open(EngineSettings settings, CancellationToken cancellationToken) =>
        TorchEngine.OpenColumns(Trained.Shape, TorchCases.Initial(Trained), settings, gpu: null, fallsBack: false, Assert.Fail, cancellationToken);

    private static Dictionary<string, float[]> Train(EngineSettings settings, Action? between = null)
    {
        using var network = Open(settings, CancellationToken.None);
        for (int step = 0; step < 3; step++)
        {
            network.Learn(Batch, TorchCases.Loss);
            between?.Invoke();
            network.Step(0.01);
        }
        return network.Export().ToDictionary(array => array.Name, array => array.Values);
    }
}
