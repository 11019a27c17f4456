using System.Runtime.CompilerServices;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed unsafe class UntouchedFloatsTests
{
    /// <summary>As models do that are reloaded again and again, with hardly any memory of the runtime's own.</summary>
    [TestMethod]
    public void Constructor_MadeAndDroppedOftenWithoutOtherAllocation_EarlierOnesAreCollected()
    {
        const int Length = 16 << 20;
        var first = Make(Length);

        for (int i = 0; i < 64 && first.IsAlive; i++) Make(Length);

        Assert.IsFalse(first.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Make(int length)
    {
        var floats = new UntouchedFloats(length);
        floats.Start[length - 1] = 1;
        return new(floats);
    }
}
