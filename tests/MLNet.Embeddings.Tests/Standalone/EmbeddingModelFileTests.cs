using System.IO.Compression;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Files that cannot be scored without ML.NET, and damaged ones.</summary>
[TestClass]
public sealed class EmbeddingModelFileTests
{
    private static readonly ITransformer Model = Networks.Transformer(Networks.Random(1, [3], new NumberShape("Age", Size: 1, MissingIndicator: true)));

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    [DataRow("ensemble", "The model has a step of ML.NET, TermTransform, in TransformerChain/Transform_002; without ML.NET only steps of")]
    [DataRow("sequences", "The file has a step of the kind SequenceToSequence; without ML.NET it can be scored where it is one model")]
    public void Load_AStepThatIsNotKnown_NamesIt(string file, string message)
    {
        var error = Assert.ThrowsExactly<NotSupportedException>(
            () => EmbeddingModel.Load(Repository.Path($"tests/MLNet.Embeddings.Tests/OldModels/{file}.zip")));

        StringAssert.StartsWith(error.Message, message);
        StringAssert.Contains(error.Message, "mlContext.Model.Load");
    }

    [TestMethod]
    public void Load_StepsOfMLNetWithinChains_AreFound()
    {
        var rows = RawRow.View(RawRow.Random(5, seed: 1));
        var chain = new Microsoft.ML.Data.TransformerChain<ITransformer>(Model, _mlContext.Transforms.CopyColumns("Copy", "City").Fit(rows));

        var error = Assert.ThrowsExactly<NotSupportedException>(() => Load(new Microsoft.ML.Data.TransformerChain<ITransformer>(chain)));

        StringAssert.StartsWith(error.Message, "The model has a step of ML.NET, CopyTransform, in TransformerChain/Transform_000/Transform_001;");
    }

    [TestMethod]
    public void Load_SeveralModels_IsRefused() => StringAssert.StartsWith(
        Assert.ThrowsExactly<NotSupportedException>(() => Load(new Microsoft.ML.Data.TransformerChain<ITransformer>(Model, Model))).Message,
        "The file has several trained models, one after the other;");

    [TestMethod]
    public void Load_AStepBehindAStep_NamesTheColumn()
    {
        var steps = _mlContext.Transforms.Categorical.IndexCategories("Key", "City").Append(_mlContext.Transforms.Categorical.IndexCategories("Again", "Key"))
            .Fit(RawRow.View(RawRow.Random(5, seed: 1)));

        StringAssert.StartsWith(
            Assert.ThrowsExactly<NotSupportedException>(() => Load(new Microsoft.ML.Data.TransformerChain<ITransformer>(steps, Model))).Message,
            "The file has a step that reads column 'Key', which another step makes;");
        StringAssert.StartsWith(
            Assert.ThrowsExactly<NotSupportedException>(() => Load(steps)).Message, "The file has no trained network over columns;");
    }

    [TestMethod]
    public void Load_NoZipOrACutOne_SaysSo()
    {
        StringAssert.StartsWith(Refusal([1, 2, 3]), "The file is no model: it is no whole zip archive.");
        StringAssert.StartsWith(Refusal([]), "The file is no model: it is no whole zip archive.");
        byte[] file = BothScorers.Save(Model);
        StringAssert.StartsWith(Refusal(file[..^100]), "The file is no model: it is no whole zip archive.");
    }

    [TestMethod]
    [DataRow("weights.safetensors", "The model file is damaged: entry 'weights.safetensors' cannot be used. Its checksum is not the one")]
    [DataRow("shape.json", "The model file is damaged: entry 'shape.json' cannot be used.")]
    [DataRow("Model.key", "The model file is damaged: entry 'TransformerChain/Model.key' cannot be used. It is no header of ML.NET.")]
    public void Load_AnEntryAltered_NamesIt(string entry, string message) =>
        StringAssert.StartsWith(Refusal(With(entry, bytes => bytes[bytes.Length / 3 * (entry == "Model.key" ? 0 : 2)] ^= 0x55)), message);

    [TestMethod]
    [DataRow("weights.safetensors", "The model file is damaged: entry 'weights.safetensors' cannot be used. It is missing.")]
    [DataRow("shape.json", "The model file is damaged: entry 'shape.json' cannot be used. It is missing.")]
    [DataRow("Model.key", "The model file is damaged: entry 'TransformerChain/Model.key' cannot be used. It is missing.")]
    public void Load_AnEntryMissing_NamesIt(string entry, string message) => StringAssert.StartsWith(Refusal(With(entry, alter: null)), message);

    [TestMethod]
    public void Load_PathOrStream_LeavesTheStreamOpenAndTheFileFree()
    {
        using var stream = new MemoryStream(BothScorers.Save(Model));
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, stream.ToArray());

        object? score = EmbeddingModel.Load(stream).Predict(new Dictionary<string, object?> { ["Age"] = 40 })["Score"];
        Assert.IsTrue(stream.CanRead);
        Assert.AreEqual(score, EmbeddingModel.Load(path).Predict(new Dictionary<string, object?> { ["Age"] = 40 })["Score"]);
        using (File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) { }
        File.Delete(path);
        Assert.ThrowsExactly<FileNotFoundException>(() => EmbeddingModel.Load(path));
        Assert.ThrowsExactly<ArgumentNullException>(() => EmbeddingModel.Load((string)null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => EmbeddingModel.Load((Stream)null!));
    }

    private static EmbeddingModel Load(ITransformer model) => EmbeddingModel.Load(new MemoryStream(BothScorers.Save(model)));

    private static string Refusal(byte[] file) => Assert.ThrowsExactly<FormatException>(() => EmbeddingModel.Load(new MemoryStream(file))).Message;

    /// <summary>The model's file with an entry altered, or without it.</summary>
    private static byte[] With(string entry, Action<byte[]>? alter)
    {
        using var file = new MemoryStream();
        file.Write(BothScorers.Save(Model));
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            var old = zip.Entries.Single(one => one.Name == entry);
            string name = old.FullName;
            byte[] bytes = new byte[old.Length];
            using (var stream = old.Open()) stream.ReadExactly(bytes);
            old.Delete();
            if (alter is not null)
            {
                alter(bytes);
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        }
        return file.ToArray();
    }
}
