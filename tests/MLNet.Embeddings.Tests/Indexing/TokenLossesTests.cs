using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings.Tests;

/// <summary>What fits leave out of texts is said once, with its share and the cure.</summary>
[TestClass]
public sealed class TokenLossesTests
{
    private readonly List<string> _warnings = [];
    private readonly MLContext _context = new(1);

    public TokenLossesTests() => _context.Log += (_, log) =>
    {
        if (log.Kind == ChannelMessageKind.Warning) _warnings.Add(log.RawMessage);
    };

    [TestMethod]
    public void Fit_TextsBeyondMaxLength_SaysShareLongestAndCure()
    {
        Fit(new() { MaxLength = 2 }, "a b c", "a b", "", "a b a b");

        Assert.AreEqual(
            "66.7 % (2 of 3) of the texts of column 'Text' have more than MaxLength = 2 tokens, the longest 4; what comes after these is cut off. " +
            "If it matters, raise MaxLength in TokenIndexingOptions.", _warnings.Single());
    }

    [TestMethod]
    public void Fit_ManyTexts_CountsAllOfThem()
    {
        Fit(new() { MaxLength = 2 }, [.. Enumerable.Repeat("a b", 900), .. Enumerable.Repeat("a b a", 100)]);

        StringAssert.StartsWith(_warnings.Single(), "10 % (100 of 1,000) of the texts");
    }

    [TestMethod]
    public void Fit_Characters_CountsThese()
    {
        Fit(new() { MaxLength = 2, Split = TokenSplit.WordCharacter, NgramLength = 3 }, "ab c", "ab");

        StringAssert.StartsWith(_warnings.Single(), "50 % (1 of 2) of the texts of column 'Text' have more than MaxLength = 2 characters, the longest 3;");
    }

    [TestMethod]
    [DataRow(1, "a a a b")]
    [DataRow(2, "a a a b b b")]
    public void Fit_MoreThanAFifthUnknown_SaysShareAndCure(int ngramLength, string text)
    {
        Fit(new() { MaxTerms = 1, NgramLength = ngramLength }, text);

        StringAssert.Contains(_warnings.Single(), ngramLength == 1 ? "25 % (1 of 4) of the tokens of column 'Text' are unknown" : "50 % (3 of 6)");
        StringAssert.Contains(_warnings.Single(), "Raise MaxTerms, lower MinCount, or hash terms (HashBuckets) in TokenIndexingOptions.");
    }

    [TestMethod]
    public void Fit_UnknownTokensThatAreDecodedAgain_AreNotSentToHashing()
    {
        Fit(new() { MaxTerms = 1, AreDecoded = true }, "a a a b");

        StringAssert.EndsWith(_warnings.Single(), "rarer than MinCount. Raise MaxTerms or lower MinCount in TokenIndexingOptions.");
    }

    [TestMethod]
    public void Fit_AFifthUnknownOrTextsOfMaxLength_SaysNothing()
    {
        Fit(new() { MaxTerms = 1, MaxLength = 5 }, "a a a a b", "");
        Fit(new() { HashBuckets = 10, MaxLength = 1 }, "a b");

        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    public void Fit_TextColumnsOfATrainer_SaysItOnceAColumn()
    {
        var rows = Enumerable.Range(0, 60)
            .Select(i => new { Text = string.Join(' ', Enumerable.Repeat(i % 2 == 0 ? "love" : "torn", 700)), Label = i % 2 == 0 });
        var options = new MultiEmbeddingOptions { Effort = TrainingEffort.Quick, MaxEpochs = 1, Seed = 1, Columns = [InputColumn.Text("Text")] };

        _context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(_context.Data.LoadFromEnumerable(rows));

        StringAssert.StartsWith(
            _warnings.Single(warning => warning.Contains("MaxLength", StringComparison.Ordinal)),
            "100 % (60 of 60) of the texts of column 'Text' have more than MaxLength = 300 tokens, the longest 700;");
    }

    [TestMethod]
    public void Fit_EncoderDecoder_SaysItOfSourceAndTarget()
    {
        var characters = SequenceEstimators.Characters with { MaxTerms = 2 };
        var options = SequenceEstimators.Tiny with { SourceTokens = characters with { MaxLength = 2 }, TargetTokens = characters, MaxEpochs = 1 };

        _context.Transforms.Text.SequenceToSequence("Answer", "Sum", "Result", options).Fit(SumRow.View(SumRow.All(6, seed: 1)));

        foreach (string part in new[] { "column 'Sum' have more than MaxLength = 2 characters", "column 'Sum' are unknown", "column 'Result' are unknown" })
            Assert.AreEqual(1, _warnings.Count(warning => warning.Contains(part, StringComparison.Ordinal)), part);
    }

    [TestMethod]
    public void LossesOf_ViewsOfOneStep_AreCountedForEachAlone()
    {
        var view = TextRow.View([.. Enumerable.Range(0, 600).Select(i => i % 3 == 0 ? "" : i % 3 == 1 ? "a b c" : "a b")]);
        var step = _context.Transforms.Text.IndexTokens("Keys", "Text", new() { MaxLength = 2, HashBuckets = 10 }).Fit(view);
        IDataView read = step.Transform(view), unread = step.Transform(view);

        _ = read.GetColumn<uint[]>("Keys").Count();
        // As a model reads its steps.
        _ = new MappedView(view, step.AddTo, step.BindTo(view.Schema)).GetColumn<uint[]>("Keys").Count();

        StringAssert.StartsWith(KeyColumn.LossesOf(read.Schema["Keys"]), "50 % of the texts of column 'Text' have more than MaxLength = 2 tokens;");
        Assert.IsNull(KeyColumn.LossesOf(unread.Schema["Keys"]));
        Assert.IsNull(KeyColumn.LossesOf(step.GetOutputSchema(view.Schema)["Keys"]));
    }

    private void Fit(TokenIndexingOptions options, params string[] texts) =>
        _context.Transforms.Text.IndexTokens("Keys", "Text", options).Fit(TextRow.View(texts));
}
