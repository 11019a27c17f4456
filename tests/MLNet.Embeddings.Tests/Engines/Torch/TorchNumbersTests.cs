using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>Operations of tensors with numbers.</summary>
[TestClass]
public sealed class TorchNumbersTests
{
    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    public void Operations_OfNumbers_GiveTheRightValues()
    {
        using var scope = torch.NewDisposeScope();
        float[] values = [-2, 0, 4];
        torch.Tensor X() => TorchArrays.Tensor(values, [3], torch.CPU);

        AssertValues([-6, 0, 12], X().Times(3));
        AssertValues([-1, 1, 5], X().Plus(1));
        AssertValues([-1, 0, 2], X().Scale(0.5));
        AssertValues([0, 2, 6], X().Add(2));
        AssertValues([-6, 0, 12], X().AddScaled(X(), 2));
        AssertValues([0, 0, 12], X().AddProduct(X(), X(), 0.5));
        AssertValues([8, 10, 14], X().AddQuotient(torch.ones(3).Times(5), torch.ones(3), 2));
        AssertValues([7, 0, 4], X().Fill(X().lt(X().Times(0)), 7));
        AssertValues([-1, 0, 3], X().Within(-1, 3));
        AssertValues([0, 1, 2, 3], TorchNumbers.Range(4, torch.CPU));
    }

    private static void AssertValues(float[] expected, torch.Tensor tensor) => CollectionAssert.AreEqual(expected, TorchArrays.Floats(tensor));
}
