using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings.Tests;

/// <summary>Applications that ask for a GPU where libtorch finds none.</summary>
[TestClass]
public sealed class GpuTests
{
    private static readonly TrainingRow[] Rows = TrainingRow.Learnable(100, seed: 1);
    private static readonly MultiEmbeddingOptions Options = Trainers.Options with { MaxEpochs = 2 };

    public static IEnumerable<MultiEmbeddingOptions[]> Forms => [[Options], [Options with { Columns = [InputColumn.Number("Number")] }]];

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Fit_GpuAskedForAndCpuAllowed_WarnsAndTrainsAsWithout(MultiEmbeddingOptions options)
    {
        var context = new MLContext(1) { GpuDeviceId = 0, FallbackToCpu = true };
        var messages = new List<LoggingEventArgs>();
        context.Log += (_, message) => messages.Add(message);

        var model = context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(TrainingRow.View(Rows));

        Assert.ContainsSingle(message =>
            message.Kind == ChannelMessageKind.Warning
                && message.RawMessage.StartsWith("The MLContext asks for GPU 0, and libtorch finds none", StringComparison.Ordinal)
            && message.RawMessage.EndsWith("Training uses the CPU instead.", StringComparison.Ordinal), messages);
        Trainers.AssertSameWeights(Trainers.Fit(options, Rows), model);
    }

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Fit_GpuAskedForAndNoOther_SaysWhatIsMissing(MultiEmbeddingOptions options)
    {
        var context = new MLContext(1) { GpuDeviceId = 3, FallbackToCpu = false };

        string message = Assert.ThrowsExactly<InvalidOperationException>(() =>
            context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(TrainingRow.View(Rows))).Message;

        Assert.AreEqual(
            "The MLContext asks for GPU 3, and libtorch finds none: add the package TorchSharp-cuda-windows or TorchSharp-cuda-linux in the place of " +
            "TorchSharp-cpu to the application, " +
            "and a driver for CUDA to the machine. Or leave GpuDeviceId of the MLContext at null, or set its FallbackToCpu, to train on the CPU.", message);
    }
}
