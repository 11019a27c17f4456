using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ClosedSideCheckTests
{
    [TestMethod]
    public void Run_ThisVersionOfMLNet_FindsEverything() => ClosedSideCheck.Run();

    [TestMethod]
    public void ClosedSide_HasNoTypeInitializer_ThatWouldBuryTheMessage() => Assert.IsNull(typeof(ClosedSide).TypeInitializer);

    [TestMethod]
    [DataRow("Microsoft.ML.ModelSaveContext", "SaveSomethingElse")]
    [DataRow("Microsoft.ML.NoSuchContext", "SaveBinaryStream")]
    public void Run_MemberThatIsNotThere_NamesItAndTheVersions(string type, string member)
    {
        var core = typeof(ModelSaveContext).Assembly;

        var error = Assert.ThrowsExactly<InvalidOperationException>(
            () => ClosedSideCheck.Run([(core, "Microsoft.ML.ModelSaveContext", "SaveBinaryStream"), (core, type, member)]));

        Assert.AreEqual(
            $"MLNet.Embeddings 1.0.0.0 cannot work with Microsoft.ML.Core {core.GetName().Version}, which has no {type}.{member}. " +
            "Reference Microsoft.ML 5.0.1 or a later 5.x, or a version of MLNet.Embeddings made for this one.", error.Message);
    }
}
