using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class TransformerLoaderTests
{
    [TestMethod]
    public void Load_ChainWithStepsOfMlNet_GivesSameValues()
    {
        var context = new MLContext(1);
        var data = TextRow.View("a nice dress", "", null, "The hem isn't nice");
        var pipeline = context.Transforms.Text.NormalizeText("Normal", "Text")
            .Append(context.Transforms.Text.IndexTokens("Keys", "Normal"))
            .Append(context.Transforms.Text.ProduceNgrams("Pairs", "Keys", ngramLength: 2))
            .Append(context.Transforms.Conversion.MapKeyToValue("Terms", "Keys"))
            .Append(context.Transforms.Text.IndexTokens("Text", options: new() { MaxLength = 2, FixedLength = true }))
            .Append(context.Transforms.Text.FeaturizeText("Features", "Normal"));

        var model = pipeline.Fit(data);
        var loaded = EstimatorWorkout.SaveAndLoad(model, data.Schema);

        string[] expected = Rows.Of(model.Transform(data));
        StringAssert.Contains(expected[0], "Keys = [3 2 4]; Pairs = [");
        StringAssert.Contains(expected[0], "Terms = [a nice dress]; Text = [2 4]; ");
        CollectionAssert.AreEqual(expected, Rows.Of(loaded.Transform(data)));
    }

    [TestMethod]
    public void Load_FromFile_ServesPredictionEngine()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var data = TextRow.View("b a b");
            var saving = new MLContext();
            saving.Model.Save(saving.Transforms.Text.IndexTokens("Text").Fit(data), data.Schema, path);

            var context = new MLContext();
            var engine = context.Model.CreatePredictionEngine<TextRow, KeysRow>(context.Model.Load(path, out _));

            CollectionAssert.AreEqual(new uint[] { 3, 2, 1 }, engine.Predict(new TextRow { Text = "a b c" }).Text);
            CollectionAssert.AreEqual(Array.Empty<uint>(), engine.Predict(new TextRow()).Text);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void Load_AlteredVocabulary_SaysWhichEntry()
    {
        using var file = new MemoryStream();
        var context = new MLContext();
        context.Model.Save(context.Transforms.Text.IndexTokens("Text").Fit(TextRow.View("dress")), null, file);
        AlterEntry(file, VocabularyEntry.Name, "dress", "skirt");

        var error = Assert.Throws<Exception>(() => new MLContext().Model.Load(file, out _)).GetBaseException();

        Assert.IsInstanceOfType<FormatException>(error);
        Assert.AreEqual(
            "The model file is damaged: entry 'vocabulary.json' cannot be used. Its checksum is not the one written with the model.\n" +
            "Copy or download the file again, or save the model anew.", error.Message);
    }

    [TestMethod]
    public void Read_KindOfLaterVersion_SaysHowToReadIt()
    {
        var entries = new MemoryEntries();
        entries.Write("Hologram", _ => { });

        var error = Assert.ThrowsExactly<FormatException>(() => TransformerLoader.Read(entries.Open()));

        Assert.AreEqual(
            $"The model holds a transformer of kind 'Hologram', which this version of MLNet.Embeddings " +
            $"({typeof(TransformerLoader).Assembly.GetName().Version}) " +
            "does not know.\nUpdate the package MLNet.Embeddings to the version that saved the model, or a later one.", error.Message);
    }

    [TestMethod]
    [DataRow("columns", "null")]
    [DataRow("columns", "[]")]
    [DataRow("columns", "[null]")]
    [DataRow("columns", """[{"outputColumnName":"","inputColumnName":"T"}]""")]
    [DataRow("columns", """[{"outputColumnName":"K","inputColumnName":null}]""")]
    [DataRow("columns", """[{"outputColumnName":"K","inputColumnName":"T"},{"outputColumnName":"K","inputColumnName":"U"}]""")]
    [DataRow("split", "\"Sentence\"")]
    [DataRow("split", "7")]
    [DataRow("ngramLength", "4")]
    [DataRow("maxLength", "0")]
    [DataRow("hashBuckets", "0")]
    [DataRow("ngramHashBuckets", "9")]
    public void Read_TokenShapeThatCannotBe_IsRefused(string name, string value) => AssertRefused("TokenIndexing", TokenShape(), name, value);

    [TestMethod]
    [DataRow("columns", "[]")]
    [DataRow("hashBuckets", "16777217")]
    [DataRow("hashFunctions", "9")]
    [DataRow("hashFunctions", "2")]
    public void Read_CategoryShapeThatCannotBe_IsRefused(string name, string value) => AssertRefused("CategoryIndexing", CategoryShape(), name, value);

    private static JsonObject TokenShape() => JsonNode.Parse(
        """
        {"columns":[{"outputColumnName":"K","inputColumnName":"T"}],"termCount":1,"standardize":true,"split":"Word","ngramLength":1,"maxLength":1,
        "fixedLength":true,"hashBuckets":null,"ngramHashBuckets":null}
        """)!.AsObject();

    private static JsonObject CategoryShape() =>
        JsonNode.Parse("""{"columns":[{"outputColumnName":"K","inputColumnName":"T"}],"termCount":1,"hashBuckets":null,"hashFunctions":1}""")!.AsObject();

    private static void AssertRefused(string kind, JsonObject shape, string name, string value)
    {
        TransformerLoader.Read(Entries(kind, shape));
        shape[name] = JsonNode.Parse(value);
        AssertDamaged(kind, shape);
        shape.Remove(name);
        AssertDamaged(kind, shape);
    }

    private static void AssertDamaged(string kind, JsonObject shape)
    {
        var error = Assert.ThrowsExactly<FormatException>(() => TransformerLoader.Read(Entries(kind, shape)));

        StringAssert.StartsWith(error.Message, "The model file is damaged: entry 'shape.json' cannot be used. ");
    }

    private static EntryReader Entries(string kind, JsonObject shape)
    {
        var entries = new MemoryEntries();
        entries.Write(writer =>
        {
            new Vocabulary(["[UNK]"]).Write(writer);
            writer.WriteShape(kind, JsonDocument.Parse(shape.ToJsonString()).RootElement, ElementJson.Default.JsonElement);
        });
        return entries.Open();
    }

    private static void AlterEntry(MemoryStream file, string entry, string from, string to)
    {
        using var zip = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true);
        using var stream = zip.Entries.Single(candidate => candidate.Name == entry).Open();
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        string text = Encoding.UTF8.GetString(bytes);
        StringAssert.Contains(text, from);
        stream.SetLength(0);
        stream.Write(Encoding.UTF8.GetBytes(text.Replace(from, to)));
    }

    private sealed class KeysRow
    {
        public uint[] Text { get; set; } = [];
    }
}
