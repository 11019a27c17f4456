using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>Holds code to leaving no tensor of libtorch alive.</summary>
internal static class LiveTensors
{
    /// <summary>Runs the code and fails when more or fewer of this thread's tensors live afterwards than before.</summary>
    /// <remarks>Not by <c>torch.Tensor.TotalCount</c>: it forgets to take off the tensor that a parameter is made of (TorchSharp 0.107.0).</remarks>
    internal static void AssertUnchangedBy(Action code)
    {
        LibTorch.EnsureLoaded();
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        long before = statistics.ThreadTotalLiveCount;

        code();

        Assert.AreEqual(before, statistics.ThreadTotalLiveCount, "live tensors");
    }
}
