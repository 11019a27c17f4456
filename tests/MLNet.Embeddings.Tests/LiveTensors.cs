using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>Holds code to leaving no tensor of libtorch alive.</summary>
internal static class LiveTensors
{
    /// <summary>Runs the code and fails when more or fewer tensors live afterwards than before.</summary>
    internal static void AssertUnchangedBy(Action code)
    {
        LibTorch.EnsureLoaded();
        // What earlier tests left to finalizers must not go while the code runs.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = torch.Tensor.TotalCount;

        code();

        Assert.AreEqual(before, torch.Tensor.TotalCount, "live tensors");
    }
}
