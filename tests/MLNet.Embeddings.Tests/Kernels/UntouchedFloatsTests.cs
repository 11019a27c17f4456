using System.Runtime.CompilerServices;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed unsafe class UntouchedFloatsTests
{
    /// <summary>As models do that are reloaded again and again, with hardly any memory of the runtime's own.</summary>
    [TestMethod]
    public void Constructor_MadeAndDroppedAgainAndAgain_EarlierOnesAreCollected()
    {
        var first = Make();

        Assert.IsTrue(SpinWait.SpinUntil(IsCollected, TimeSpan.FromSeconds(10)));

        bool IsCollected()
        {
            Make();
            return !first.IsAlive;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Make()
    {
        const int Length = 1 << 22;
        var floats = new UntouchedFloats(Length);
        floats.Start[Length - 1] = 1;
        return new(floats);
    }
}
