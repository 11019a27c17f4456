using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Targets are given back as they were written.</summary>
[TestClass]
public sealed class DecodedTextTests
{
    private static readonly SumRow[] Orders =
    [
        new() { Sum = "A coffee, please!", Result = "Un café, s'il vous plaît !" },
        new() { Sum = "The coffee.", Result = "Le café." },
        new() { Sum = "Is the DNA well-made?", Result = "L'A.D.N.  est-il « bien fait » ?" },
    ];

    private static readonly string[] Written = ["Un café, s'il vous plaît !", "Le café.", "L'A.D.N. est-il « bien fait » ?"];

    [TestMethod]
    public void Fit_WordsAsTheyAre_GivesTextWithItsSpacing()
    {
        var model = Fit(new());

        CollectionAssert.AreEqual(Written, Decode(model));
        CollectionAssert.AreEqual(Written, Decode(SequenceToSequenceTransformer.Read(MemoryEntries.Of(model, "source.json", "target.json").Open())));
    }

    [TestMethod]
    public void Fit_WordsAsTheyAre_MeasuresTokensWithTheirSpaces()
    {
        var model = Fit(new());
        var scored = model.WithDecoding(new() { Alternatives = 2 }).Transform(SumRow.View(Orders));

        var metrics = new MLContext().EvaluateSequences(scored, "Answer");

        Assert.AreEqual((1, 0), (metrics.ExactMatch, metrics.TokenErrorRate));
        CollectionAssert.AreEqual(new[] { "Un", "café", ", ", "s'il", "vous", "plaît", " ! " }, TermsOf(scored));
        Assert.IsTrue(scored.GetColumn<string[]>("Answer.Alternatives").Zip(Written).All(row => row.First[0] == row.Second));
    }

    [TestMethod]
    [DataRow(TokenSplit.Character)]
    [DataRow(TokenSplit.Whitespace)]
    public void Fit_OtherSplitAlone_KeepsCaseAndPunctuation(TokenSplit split)
    {
        SumRow[] rows = [.. Orders.Zip(Written, (row, text) => new SumRow { Sum = row.Sum, Result = text })];

        CollectionAssert.AreEqual(Written, Decode(Fit(new() { Split = split }, rows)));
    }

    [TestMethod]
    public void Fit_Standardizing_GivesLowerCaseWords() =>
        Assert.AreEqual("un café s'il vous plaît", Decode(Fit(new() { Standardize = true }))[0]);

    [TestMethod]
    public void Fit_GivenSeparatorOrTerms_JoinsPlainTerms()
    {
        string[] terms = ["Un", "Le", "café", "s'il", "vous", "plaît", ",", "!", "."];

        Assert.AreEqual("Le+café+.", Decode(Fit(new(), Orders[..2], separator: "+"))[1]);
        Assert.AreEqual("Le café .", Decode(Fit(new() { Vocabulary = terms }, Orders[..2]))[1]);
    }

    /// <summary>Of 5,000 terms or more those of single rows are left out, unless <c>MinCount</c> says otherwise; of fewer all are kept.</summary>
    [TestMethod]
    [DataRow(1_600, null, 4_801)]
    [DataRow(1_700, null, 1_701)]
    [DataRow(1_700, 1, 5_101)]
    public void Fit_ManyTermsOfSingleRows_AreUnknown(int rows, int? minCount, int terms)
    {
        SumRow[] pairs = [.. Enumerable.Range(0, rows).Select(i => new SumRow { Sum = "one", Result = $"once{i} twice{i} twice{i} other{i}" })];
        var options = SequenceEstimators.Tiny with { TargetTokens = new() { MinCount = minCount }, Units = 2, TargetDimensions = 2, MaxEpochs = 1 };

        var scored = SequenceEstimators.Fit(options, pairs).Transform(SumRow.View(pairs[..1]));

        var known = default(VBuffer<ReadOnlyMemory<char>>);
        scored.Schema["Answer.Tokens"].GetKeyValues(ref known);
        Assert.AreEqual(terms, known.Length);
    }

    private static SequenceToSequenceTransformer Fit(TokenIndexingOptions targets, SumRow[]? rows = null, string? separator = null) =>
        SequenceEstimators.Fit(
            new()
            {
                TargetTokens = targets,
                TargetSeparator = separator,
                Units = 32,
                MaxEpochs = 120,
                LearningRate = 0.01,
                Schedule = LearningRateSchedule.Constant(),
                LabelSmoothing = 0,
                Regularization = new() { Dropout = 0, AveragingDecay = 0 },
                ValidationFraction = 0,
                NumberOfThreads = 1,
                Seed = 1,
            },
            rows ?? Orders);

    private static string[] Decode(SequenceToSequenceTransformer model) => [.. model.Transform(SumRow.View(Orders)).GetColumn<string>("Answer")];

    private static string[] TermsOf(IDataView scored)
    {
        var terms = default(VBuffer<ReadOnlyMemory<char>>);
        scored.Schema["Answer.Tokens"].GetKeyValues(ref terms);
        return [.. scored.GetColumn<uint[]>("Answer.Tokens").First().Select(key => terms.GetItemOrDefault((int)key - 1).ToString())];
    }
}
