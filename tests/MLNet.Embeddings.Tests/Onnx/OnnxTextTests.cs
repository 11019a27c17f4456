using System.Text;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNet.Embeddings.Tests;

/// <summary>Keys of texts in ONNX Runtime, beside those of the library.</summary>
[TestClass]
public sealed class OnnxTextTests
{
    private static readonly string[] Texts =
    [
        "", " ", "\n\t", "Don't stop. 4.5 C# C++ a+b a++ c++x U.S.A. System.Net good.But", "don’t ’tis 'x' x' '' a''b a'.b a.'b",
        "#c ##x c## c#+ c+#x x#1 1# é# é++",
        "1.2.3 a.b.c a.1 1.a .5 5. a..b U.S U.SA x.y.zz ٣.٤ 3.٤",
        "👍🏽 👨‍👩‍👧‍👦x 🇩🇪🇫🇷🇮 🇩 1️⃣2 #️⃣a#️⃣ ℹ️ℹ ❤️❤ ©️ Ⓜ️ 😀️ 😀︎x 🏽a🏽 😀\u200D",
        "İstanbul I\u0307x i\u0307",
        "日本語カタカナ ﾊﾞ ｶﾞ 〇 漢字abc漢 ภาษาไทย น้ำ ကမ္ဘာ ខ្មែរ 한국어 한국", "e\u0301 cafe\u0301 n\u0303 N\u0303 A\u030A Å Å a\u0308\u0301b",
        "\u00ADsoft\u00ADhy\u200Bzw\u200Dj نامه‌ای می‌خواهم a\u200Db \u200Da a\u200D \uFEFFbom x\uFEFFy",
        "कमला हिन्दी क्ष १२३ 1१ ड़ ऩ", "x\r\ny\n\nz\t", "𝐀𝐁 𐐀𐐨 Ａｂｃ＇ｘ \uE000x",
        "STRASSE Straße ΣΊΣΥΦΟΣ Ünïcödé", "- a - b-c_d !?", "a\u20E3 5\u20E3", "ﾞa aﾞ ﾊﾞﾞ",
        "Vi\u1EC7t Vie\u0323\u0302t Vie\u0302\u0323t Vi\u00EA\u0323t Vi\u1EB9\u0302t e\u0302x", "\u0302 \u0323",
    ];

    private readonly MLContext _context = new(1);

    [TestMethod]
    [DataRow(TokenSplit.Word, true, 1, 4)]
    [DataRow(TokenSplit.Word, true, 2, 500)]
    [DataRow(TokenSplit.Word, false, 1, 500)]
    [DataRow(TokenSplit.Word, false, 3, 7)]
    [DataRow(TokenSplit.Whitespace, true, 1, 500)]
    [DataRow(TokenSplit.Whitespace, false, 2, 500)]
    [DataRow(TokenSplit.Character, true, 3, 500)]
    [DataRow(TokenSplit.Character, false, 1, 9)]
    [DataRow(TokenSplit.WordCharacter, true, 4, 500)]
    [DataRow(TokenSplit.WordCharacter, true, 1, 11)]
    [DataRow(TokenSplit.WordCharacter, false, 3, 13)]
    public void Keys_OfTextsOfManyKinds_AreThoseOfTheLibrary(TokenSplit split, bool standardize, int ngramLength, int maxLength)
    {
        Assert.AreEqual("", Differences(new(split, standardize), ngramLength, maxLength, Texts, Texts));
    }

    [TestMethod]
    public void Keys_OfTermsThatNoRowHas_AreUnknown()
    {
        Assert.AreEqual("", Differences(new(TokenSplit.Word, true), 2, 500, ["a b", "c"], ["A b c", "b a", "ab", "x", "Ä 漢 a 👍"]));
    }

    [TestMethod]
    [DataRow(TokenSplit.Word, true, 2)]
    [DataRow(TokenSplit.Word, false, 1)]
    [DataRow(TokenSplit.WordCharacter, true, 4)]
    public void Keys_OfTextsOfTheDevelopmentSets_AreThoseOfTheLibrary(TokenSplit split, bool standardize, int ngramLength)
    {
        if (Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA") is not { } folder)
            throw new AssertInconclusiveException("MLNET_EMBEDDINGS_DATA is not set.");
        string[] files = [.. Directory.EnumerateFiles(folder, "*-test.csv", SearchOption.AllDirectories).Order()];
        // Every so many a row, and all of the set of many languages.
        string[] texts = [.. files.SelectMany(file => File.ReadLines(file).Where((_, i) => i % (file.Contains("languages") ? 1 : 40) == 0))];

        Assert.IsGreaterThan(2_000, texts.Length);
        Assert.AreEqual("", Differences(new(split, standardize), ngramLength, 500, texts, texts));
    }

    [TestMethod]
    public void SaveOnnx_HashedOrEarlierKeys_IsRefusedWithTheCure()
    {
        var view = TextRow.View("a b", "b");
        var hashed = _context.Transforms.Text.IndexTokens("Keys", "Text", new() { HashBuckets = 10 }).Fit(view);
        var earlier = new TokenIndexingTransformer(new TokenStep(
            new TokenIndexingShape([new("Keys", "Text")], 2, true, TokenSplit.Word, 1, 9, false, null, null), new Vocabulary(["[UNK]", "a"])));
        var scorer = Networks.Transformer(Networks.Random(1, [], new BagShape("Keys", 11, 2, BagPooling.Mean)));

        var buckets = Assert.ThrowsExactly<NotSupportedException>(() => OnnxModels.File(hashed.Append(scorer), view.Schema));
        var rules = Assert.ThrowsExactly<NotSupportedException>(() => OnnxModels.File(earlier.Append(scorer), view.Schema));

        StringAssert.Contains(buckets.Message, "The keys of column 'Text' are hashed into 10 buckets");
        StringAssert.Contains(buckets.Message, "OnnxOptions.Inputs = OnnxInputKind.Keys");
        StringAssert.Contains(rules.Message, "cut by rules 1");
    }

    /// <summary>The texts whose keys differ, with both.</summary>
    private static string Differences(TextCutting cutting, int ngramLength, int maxLength, string[] known, string[] texts)
    {
        var terms = TextTerms.Of(cutting, ngramLength);
        var counts = new VocabularyBuilder();
        foreach (string text in known)
        {
            terms.Start(text.AsMemory());
            while (terms.MoveNext()) counts.Add(terms.Current);
        }
        var vocabulary = counts.Build(new VocabularySettings("[UNK]", 50_000, 1, null), new Vocabulary(["[UNK]"]), out _);
        using var session = Session(new OnnxTextStep("text", cutting, ngramLength, maxLength, vocabulary));
        var ours = new TextKeys(TextTerms.Of(cutting, ngramLength), vocabulary, vocabulary, maxLength);
        var differences = new StringBuilder();
        foreach (string[] batch in texts.Chunk(64).Append([texts[^1]]).Append([""]))
        {
            using var results = session.Run([NamedOnnxValue.CreateFromTensor("text", new DenseTensor<string>(batch, [batch.Length, 1]))]);
            var (keys, lengths) = (results[0].AsTensor<long>(), results[1].AsTensor<long>());
            for (int row = 0; row < batch.Length; row++)
            {
                ours.Clear();
                long[] wanted = [.. ours.At(ours.Add(batch[row].AsMemory())).ToArray().Select(key => (long)key)];
                long[] got = [.. Enumerable.Range(0, (int)lengths[row]).Select(place => keys[row, place])];
                if (!wanted.SequenceEqual(got)) differences.AppendLine($"'{batch[row]}': {Text(wanted)}, got {Text(got)}");
            }
        }
        return differences.ToString();

        string Text(long[] keys) => string.Join('|', keys.Select(key => vocabulary.Terms[(int)key - 1]));
    }

    private static InferenceSession Session(OnnxTextStep step)
    {
        var graph = new OnnxGraph("keys");
        var input = graph.Input("text", OnnxType.Text, ["rows", 1]);
        var (matrix, lengths) = new OnnxTexts(graph, [step], _ => input).KeysOf(step).Padded;
        graph.Output(matrix, "keys", OnnxType.Int64, "rows", "width");
        graph.Output(lengths, "lengths", OnnxType.Int64, "rows");
        return new InferenceSession(new OnnxModel(graph) { Producer = "test", ProducerVersion = "1" }.ToArray());
    }
}
