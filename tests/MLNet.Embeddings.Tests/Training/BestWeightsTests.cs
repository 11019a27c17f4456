using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class BestWeightsTests
{
    private static readonly FitLog Log = FitLog.Start(((IHostEnvironment)new MLContext()).Register("test"), "Test");

    [TestMethod]
    public void Stored_WhereOthersWereKeptSinceTheCheckpoint_GoesOnFromThoseOfTheCheckpoint()
    {
        using var folder = new TemporaryFolder();
        var place = new FolderPlace(folder.Path, "checkpoint.zip");
        var best = new StoredBestWeights(place, Log);

        Keep(best, epoch: 1);
        best.AreOfCheckpoint();
        Keep(best, epoch: 3);
        Keep(best, epoch: 4);

        Assert.IsTrue(best.Exist);
        Assert.IsNull(best.OfCheckpoint, "a checkpoint need not hold them");
        Assert.AreEqual(4, Kept(best));
        var next = new StoredBestWeights(place, Log);
        next.Resume(1, null);
        Assert.AreEqual(1, Kept(next));
        Keep(next, epoch: 2);
        next.AreOfCheckpoint();
        Keep(next, epoch: 5);
        next = new StoredBestWeights(place, Log);
        next.Resume(2, null);
        Assert.AreEqual(2, Kept(next));
        Assert.HasCount(2, Directory.GetFiles(folder.Path));
        Assert.Contains("epoch 7", Assert.ThrowsExactly<IOException>(() => next.Resume(7, null)).Message);
        next.Resume(0, null);
        Assert.IsFalse(next.Exist);
    }

    [TestMethod]
    public void Stored_WhereNothingCanBeWritten_AreOfTheCheckpointAgain()
    {
        using var folder = new TemporaryFolder();
        var best = new StoredBestWeights(new FolderPlace(Path.Combine(folder.Path, "missing"), "checkpoint.zip"), Log);

        Keep(best, epoch: 2);

        Assert.IsNotNull(best.OfCheckpoint);
        Assert.AreEqual(2, Kept(best));
        var next = new StoredBestWeights(new FolderPlace(folder.Path, "checkpoint.zip"), Log);
        next.Resume(2, best.OfCheckpoint);
        Assert.AreEqual(2, Kept(next));
    }

    private static void Keep(BestWeights best, int epoch) =>
        best.Keep(epoch, _ => new Dictionary<string, WeightArray> { ["all"] = WeightArray.Vector([epoch]) });

    private static int Kept(BestWeights best) => (int)best.Read()["all"].Values[0];
}
