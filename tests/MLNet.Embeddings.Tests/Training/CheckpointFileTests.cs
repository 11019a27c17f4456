using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings.Tests;

/// <summary>Files and folders of checkpoints that the system refuses.</summary>
[TestClass]
public sealed class CheckpointFileTests
{
    private static readonly TrainingRow[] Rows = TrainingRow.Learnable(20, seed: 1);

    private static readonly string Folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TestCleanup]
    public void DeleteFolder()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    [TestMethod]
    public void Fit_FolderThatIsAFile_ThrowsBeforeTraining()
    {
        string file = Path.GetTempFileName();
        try
        {
            Assert.ThrowsExactly<IOException>(() => Trainers.Fit(Trainers.Options with { Checkpoints = new(file) }, Rows));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void TryDelete_FileThatCannotBeDeleted_WarnsAndGoesOn()
    {
        using var log = Log();

        new CheckpointFile("/proc/self", "status").TryDelete(log);

        StringAssert.StartsWith(log.Warnings.Single(), "The checkpoint '/proc/self/status' was not deleted; delete it before another fit uses its folder: ");
    }

    [TestMethod]
    public void TryWrite_FileThatCannotBeWritten_WarnsAndGoesOn()
    {
        using var log = Log();

        bool isWritten = new CheckpointFile(Folder).TryWrite(log, _ => throw new IOException("no space left"));

        Assert.IsFalse(isWritten);
        Assert.AreEqual(
            $"The checkpoint '{Path.Combine(Folder, "checkpoint.zip")}' was not written, training goes on: no space left", log.Warnings.Single());
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Fit_FolderThatTheSystemRefuses_IsAnIOErrorWithTheCure()
    {
        string message = Assert.ThrowsExactly<IOException>(
            () => Trainers.Fit(Trainers.Options with { Checkpoints = new("/sys/no-such-folder") }, Rows)).Message;

        StringAssert.StartsWith(message, "The folder of checkpoints '/sys/no-such-folder' cannot be used: ");
        StringAssert.EndsWith(message, " Give the process the right to it, or name another place.");
    }

    private static FitLog Log() => FitLog.Start(((IHostEnvironment)new MLContext(1)).Register("Test"), "Test");
}
