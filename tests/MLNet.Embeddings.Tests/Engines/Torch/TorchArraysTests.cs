using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>Arrays as tensors.</summary>
[TestClass]
public sealed class TorchArraysTests
{
    /// <summary>What a cache line and the widest vectors have: torch's products have other last bits where arrays begin elsewhere.</summary>
    private const int Alignment = 64;

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    public unsafe void Tensor_OfArraysAnywhere_BeginsAtAnAlignedAddress()
    {
        using var scope = torch.NewDisposeScope();
        for (int length = 1; length < 30; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(i => i + 0.5f)];

            var tensor = TorchArrays.Tensor(values, [length], torch.CPU);

            var bytes = tensor.bytes;
            Assert.AreEqual(0, (long)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes)) % Alignment, $"{length}");
            CollectionAssert.AreEqual(values, MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        }
    }
}
