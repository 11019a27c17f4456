using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Sources and targets that are missing, too long, unknown or of a wrong type.</summary>
[TestClass]
public sealed class SequenceBadInputTests
{
    private static readonly SumRow[] Sums = SumRow.All(6, seed: 1);

    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    public void Fit_RowsWithoutSourceOrTarget_AreLeftOutAndReported()
    {
        var warnings = new List<string>();
        _mlContext.Log += (_, e) =>
        {
            if (e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning) warnings.Add(e.RawMessage);
        };
        SumRow[] bad = [new() { Sum = "", Result = "1" }, new() { Sum = "1+1", Result = "" }, new() { Sum = "1+1", Result = null },
            new() { Sum = "1+1", Result = "1234567" }];
        var options = SequenceEstimators.Tiny with { TargetTokens = SequenceEstimators.Characters with { MaxLength = 6 } };

        var model = _mlContext.Transforms.Text.SequenceToSequence("Answer", "Sum", "Result", options).Fit(SumRow.View([.. bad, .. Sums]));

        Assert.AreEqual(4, model.History.SkippedRows);
        Assert.AreEqual(Sums.Length, model.History.TrainingRows + model.History.ValidationRows);
        Assert.Contains(
            "4 rows of 40 (10 %) were left out because their source 'Sum' or their target 'Result' is empty, or their target has more than 6 tokens; " +
            "raise TargetTokens.MaxLength to train on longer ones.", warnings);
    }

    [TestMethod]
    public void Fit_NoTargetAtAll_SaysWhy()
    {
        var rows = Sums.Select(row => new SumRow { Sum = row.Sum, Result = "" }).Append(new() { Sum = "", Result = "5" }).ToArray();

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => SequenceEstimators.Fit(SequenceEstimators.Tiny, rows)).Message;

        Assert.AreEqual(
            "None of the 37 rows can be used: the target 'Result' is empty in 36 and has more than 256 tokens in 0; of the others, 1 have an empty " +
            "source 'Sum'. Rows with a source and a target are needed.", message);
    }

    [TestMethod]
    public void Fit_ValidationWithoutTargets_CountsItsRowsAlone()
    {
        SumRow[] empty = [.. Sums.Select(row => new SumRow { Sum = row.Sum, Result = "" })];
        var estimator = _mlContext.Transforms.Text.SequenceToSequence("Answer", "Sum", "Result", SequenceEstimators.Tiny);

        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => estimator.Fit(SumRow.View([.. Sums, new() { Sum = "1+1", Result = "" }]), SumRow.View(empty))).Message;

        StringAssert.StartsWith(message,
            "The validation data cannot be used. None of the 36 rows can be used: the target 'Result' is empty in 36 and has more than 256 tokens in 0;");
    }

    [TestMethod]
    [DataRow(6, "raise TargetTokens.MaxLength to train on longer ones")]
    [DataRow(EncoderDecoderShape.MostTokens, "none can have more: cut longer ones before this step")]
    public void Reasons_LimitThatASettingRaisesOrNot_NameACureThatWorks(int longest, string cure)
    {
        TokenColumn source = new("source", "Sum", null, 1), target = new("target", "Result", null, 1);

        StringAssert.EndsWith(new PairRows(source, "S", target, "T", longest).Reasons, $"more than {longest} tokens; {cure}");
    }

    [TestMethod]
    public void Fit_NoRows_SaysSo() => Assert.ThrowsExactly<InvalidOperationException>(() => SequenceEstimators.Fit(SequenceEstimators.Tiny));

    [TestMethod]
    public void Transform_EmptyUnknownAndLongSources_HaveDefinedOutputs()
    {
        var model = SequenceEstimators.Fit(SequenceEstimators.Tiny with { SourceTokens = SequenceEstimators.Characters with { MaxLength = 5 } }, Sums);

        Answer[] answers = Decode(model, "", null, "?!", "1+1", "1+1+1+1", "1+1+1");

        foreach (var empty in answers[..2])
        {
            Assert.AreEqual("", empty.Text);
            Assert.IsEmpty(empty.Tokens);
            Assert.IsEmpty(empty.Attention);
            Assert.AreEqual(0, empty.LogProbability);
        }
        Assert.IsTrue(answers[2..].All(answer => float.IsFinite(answer.LogProbability) && answer.LogProbability < 0));
        Assert.AreEqual(answers[5].LogProbability, answers[4].LogProbability, "A longer source is cut off.");
        Assert.IsTrue(answers.All(answer => answer.Tokens.Length <= 2), "The longest target has two tokens.");
    }

    [TestMethod]
    public void Transform_TargetColumn_IsMeasuredWhole()
    {
        var model = SequenceEstimators.Fit(SequenceEstimators.Tiny, Sums);

        var scored = model.Transform(
            SumRow.View(SumRow.Of(1, 1), new() { Sum = "1+1", Result = "" }, new() { Sum = "", Result = "2" }, new() { Sum = "1+1", Result = "x23456789" }));

        float[] logarithms = [.. _mlContext.Data.CreateEnumerable<Given>(scored, reuseRowObject: false).Select(row => row.TargetLogProbability)];
        Assert.IsTrue(logarithms[0] < 0 && float.IsNaN(logarithms[1]) && float.IsNaN(logarithms[2]) && logarithms[3] < logarithms[0]);
        Assert.HasCount(9, _mlContext.Data.CreateEnumerable<Given>(scored, reuseRowObject: false).Last().TargetTokens);
    }

    [TestMethod]
    public void GetOutputSchema_WrongTypes_SaysWhatIsNeeded()
    {
        var data = _mlContext.Transforms.Text.FeaturizeText("Sum").Fit(SumRow.View(Sums)).Transform(SumRow.View(Sums));

        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SequenceEstimators.Of(SequenceEstimators.Tiny).Fit(data)).Message;

        StringAssert.StartsWith(message, "Schema mismatch for source column 'Sum': expected Text or Vector<Key>, got Vector<Single, ");
        StringAssert.Contains(
            message, "Give a column of text, whose tokens are indexed by this step, or one of keys, as mlContext.Transforms.Text.IndexTokens makes it.");
    }

    [TestMethod]
    public void Fit_HashedTarget_SaysThatItCannotBeText()
    {
        var text = _mlContext.Transforms.Text;
        var data = text.IndexTokens("Keys", "Result", SequenceEstimators.Characters with { HashBuckets = 8 }).Fit(SumRow.View(Sums))
            .Transform(SumRow.View(Sums));

        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() =>
            text.SequenceToSequence("Answer", "Sum", "Keys", SequenceEstimators.Tiny).Fit(data)).Message;

        StringAssert.Contains(message, "expected Vector<Key> with a text for each key");
    }

    [TestMethod]
    public void Fit_KernelsThoughAGpuIsAskedFor_SaysThatItTrainsOnTheCpu()
    {
        var mlContext = new MLContext(seed: 1) { GpuDeviceId = 0 };
        var warnings = new List<string>();
        mlContext.Log += (_, e) => warnings.Add(e.RawMessage);

        mlContext.Transforms.Text.SequenceToSequence("Answer", "Sum", "Result", SequenceEstimators.Tiny with { Backend = TrainingBackend.Kernels })
            .Fit(SumRow.View(Sums));

        Assert.Contains("Backend is Kernels, so that training uses the CPU, though the MLContext asks for GPU 0.", warnings);
    }

    [TestMethod]
    public void Options_AllWrong_AreReportedTogether()
    {
        var options = new SequenceToSequenceOptions
        {
            SourceTokens = new() { NgramLength = 2 },
            TargetTokens = new() { HashBuckets = 10, MaxLength = 0 },
            SourceDimensions = 0,
            TargetDimensions = 5000,
            Units = -1,
            Layers = 17,
            TeacherForcing = 1.5,
            FinalTeacherForcing = double.NaN,
            LabelSmoothing = 1,
            Decoding = new() { BeamWidth = 2, Alternatives = 3, LengthPenalty = -1, MaxLength = 0 },
            MaxEpochs = 0,
        };

        string message = Assert.ThrowsExactly<ArgumentException>(() => SequenceEstimators.Of(options)).Message;

        Assert.AreEqual(
            """
            The settings of SequenceToSequence cannot be used:
            SourceTokens must have an NgramLength of 1: a sequence is read token by token. It was 2.
            TargetTokens: MaxLength must be at least 1; it was 0.
            TargetTokens must have no HashBuckets: hashed keys cannot be made text again.
            SourceDimensions must be from 1 to 4096; they were 0.
            TargetDimensions must be from 1 to 4096; they were 5000.
            Units must be from 1 to 4096; they were -1.
            Layers must be from 1 to 16; they were 17.
            TeacherForcing must be from 0 to 1; it was 1.5.
            FinalTeacherForcing must be from 0 to 1; it was NaN.
            LabelSmoothing must be from 0 to below 1; it was 1.
            LengthPenalty must be finite and at least 0; it was -1.
            MaxLength of decoding must be from 1 to 100000; it was 0.
            BeamWidth must be at least Alternatives; they were 2 and 3.
            MaxEpochs must be at least 1; it was 0. (Parameter 'options')
            """.ReplaceLineEndings("\n"), message);
    }

    private Answer[] Decode(ITransformer model, params string?[] sums) =>
        [.. _mlContext.Data.CreateEnumerable<Answer>(model.Transform(SumRow.View([.. sums.Select(sum => new SumRow { Sum = sum })])), reuseRowObject: false)];

    private sealed class Given
    {
        [Microsoft.ML.Data.ColumnName("Answer.TargetLogProbability")]
        public float TargetLogProbability { get; set; }

        [Microsoft.ML.Data.ColumnName("Answer.TargetTokens")]
        public uint[] TargetTokens { get; set; } = [];
    }
}
