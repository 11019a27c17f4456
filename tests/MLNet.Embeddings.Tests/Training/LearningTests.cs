namespace MLNet.Embeddings.Tests;

/// <summary>What a fit learns, and what it must not.</summary>
[TestClass]
public sealed class LearningTests
{
    [TestMethod]
    public void Fit_HandfulOfRows_LearnsThemByHeart()
    {
        var rows = TrainingRow.Random(12, seed: 3);
        var options = Trainers.Options with { ValidationFraction = 0, MaxEpochs = 80, Regularization = new() { Dropout = 0, UnknownDropout = 0 } };

        float[] scores = Trainers.Scores(Trainers.Fit(options, rows), rows);

        foreach (var (row, score) in rows.Zip(scores)) Assert.AreEqual(row.Label, score > 0);
    }

    [TestMethod]
    public void Fit_LearnableData_HalvesTheTrainingLoss()
    {
        var history = Trainers.Fit(Trainers.Options, TrainingRow.Learnable(400, seed: 1)).History;

        Assert.IsLessThan(history.Epochs[0].TrainingLoss / 2, history.Epochs[^1].TrainingLoss);
        Assert.IsGreaterThan(0.9, history.Epochs[^1].Metrics[0].Value);
    }

    [TestMethod]
    public void Fit_ShuffledLabels_LearnsNothingThatHoldsElsewhere()
    {
        var model = Trainers.Fit(Trainers.Options, TrainingRow.Random(400, seed: 1));

        // The deviation of the area over 2,000 rows of chance is about 0.013.
        Assert.AreEqual(0.5, Trainers.AreaUnderCurve(model, TrainingRow.Random(2000, seed: 2)), 0.06);
    }

    [TestMethod]
    [DynamicData(nameof(SignalNames))]
    public void Fit_OneColumnAlone_LearnsItsSignal(string name)
    {
        var (column, signal) = Signals[name];
        var options = Trainers.Options with { Columns = [column] };

        var model = Trainers.Fit(options, TrainingRow.Random(500, seed: 1, signal));

        Assert.IsGreaterThan(0.97, Trainers.AreaUnderCurve(model, TrainingRow.Random(300, seed: 2, signal)));
    }

    [TestMethod]
    [DynamicData(nameof(SignalNames))]
    public void Fit_AmongColumnsOfNoise_UsesTheOneThatHoldsTheAnswer(string name)
    {
        var (column, signal) = Signals[name];
        var options = Trainers.Options with { Columns = [column, .. Trainers.AllColumns.Where(other => other.Name != column.Name)] };

        var model = Trainers.Fit(options, TrainingRow.Random(500, seed: 1, signal));

        Assert.IsGreaterThan(0.95, Trainers.AreaUnderCurve(model, TrainingRow.Random(300, seed: 2, signal)));
    }

    [TestMethod]
    public void Fit_OrderOfTwoWords_IsLearnedByRecurrentNetworksAndByNoPooling()
    {
        static void Signal(TrainingRow row, Random random) => row.Words = row.Label ? [5, 1, 6, 2] : [5, 2, 6, 1];
        TrainingRow first = new() { Words = [5, 1, 6, 2] }, second = new() { Words = [5, 2, 6, 1] };
        float[] Learn(SequenceEncoder encoder) => Trainers.Scores(Trainers.Fit(
            Trainers.Options with { Columns = [InputColumn.Sequence("Words", 8, encoder)], MaxEpochs = 20 },
            TrainingRow.Random(300, seed: 1, Signal)), first, second);

        float[] gru = Learn(SequenceEncoder.Gru(8)), lstm = Learn(SequenceEncoder.Lstm(8)), mean = Learn(SequenceEncoder.Mean()),
            max = Learn(SequenceEncoder.Max());

        Assert.IsTrue(gru[0] > 1 && gru[1] < -1, string.Join(' ', gru));
        Assert.IsTrue(lstm[0] > 1 && lstm[1] < -1, string.Join(' ', lstm));
        Assert.AreEqual(mean[0], mean[1], 1e-4);
        Assert.AreEqual(max[0], max[1], 1e-4);
    }

    /// <summary>All texts hold the words 1 and 2, one beside the other; what counts is the phrase "1 2", wherever it stands.</summary>
    [TestMethod]
    public void Fit_Phrase_IsLearnedByAConvolutionAndByNoPooling()
    {
        static void Signal(TrainingRow row, Random random)
        {
            List<uint> words = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (uint)random.Next(3, 13))];
            words.InsertRange(random.Next(words.Count + 1), row.Label ? [1, 2] : [2, 1]);
            row.Words = [.. words];
        }
        double Learn(SequenceEncoder encoder) => Trainers.AreaUnderCurve(Trainers.Fit(
            Trainers.Options with { Columns = [InputColumn.Sequence("Words", 8, encoder)], MaxEpochs = 15 },
            TrainingRow.Random(400, seed: 1, Signal)), TrainingRow.Random(300, seed: 2, Signal));

        Assert.IsGreaterThan(0.97, Learn(SequenceEncoder.Convolution([2, 3], filters: 12)));
        // The deviation of the area over 300 rows of chance is about 0.034.
        Assert.AreEqual(0.5, Learn(SequenceEncoder.Max()), 0.15);
    }

    [TestMethod]
    public void Fit_ClassOfWeightZero_IsNotLearned()
    {
        var rows = TrainingRow.Learnable(300, seed: 1);
        foreach (var row in rows) row.Weight = row.Label ? 0 : 1;

        var model = Trainers.Fit(Trainers.Options with { ExampleWeightColumnName = "Weight" }, rows);

        Assert.IsTrue(Trainers.Scores(model, TrainingRow.Learnable(100, seed: 2)).All(score => score < 0));
        Assert.IsTrue(model.History.Epochs.All(epoch => double.IsFinite(epoch.ValidationLoss!.Value) && epoch.Metrics.Count == 2));
    }

    [TestMethod]
    public void Fit_RowsOfMoreWeight_DecideWhatIsLearned()
    {
        // Every row says the contrary of the one before; the weight tells which half is right.
        var rows = TrainingRow.Random(400, seed: 1, (row, random) => row.Category = row.Label ? 1u : 0u);
        foreach (var (i, row) in rows.Index())
        {
            if (i % 2 == 0) continue;
            row.Label = !row.Label;
            row.Weight = 0.1f;
        }

        var model = Trainers.Fit(Trainers.Options with { ExampleWeightColumnName = "Weight", Columns = [InputColumn.Category("Category")] }, rows);

        Assert.IsGreaterThan(0f, Trainers.Scores(model, new TrainingRow { Category = 1 }).Single());
        Assert.IsLessThan(0f, Trainers.Scores(model, new TrainingRow { Category = 0 }).Single());
    }

    [TestMethod]
    public void Fit_WeightsOfAnyScale_GivesTheSameModel()
    {
        var options = Trainers.Options with { ExampleWeightColumnName = "Weight", MaxEpochs = 2 };
        var rows = TrainingRow.Random(100, seed: 1, (row, random) => row.Weight = random.Next(1, 5));
        var model = Trainers.Fit(options, rows);
        foreach (var row in rows) row.Weight *= 1024;

        Trainers.AssertSameWeights(model, Trainers.Fit(options, rows));
    }

    [TestMethod]
    public void Fit_EqualWeights_GivesTheModelWithoutWeights()
    {
        var rows = TrainingRow.Random(100, seed: 1, (row, _) => row.Weight = 4);
        var options = Trainers.Options with { MaxEpochs = 2 };

        Trainers.AssertSameWeights(Trainers.Fit(options, rows), Trainers.Fit(options with { ExampleWeightColumnName = "Weight" }, rows));
    }

    private static IEnumerable<string[]> SignalNames => Signals.Keys.Select(name => new[] { name });

    /// <summary>For each kind of column one that tells the label, and how.</summary>
    private static Dictionary<string, (InputColumn Column, Action<TrainingRow, Random> Signal)> Signals { get; } = new()
    {
        ["category"] = (InputColumn.Category("Category"), (row, random) => row.Category = (uint)(2 * random.Next(3) + (row.Label ? 1 : 0))),
        ["missing category"] = (InputColumn.Category("Category"), (row, _) => row.Category = row.Label ? uint.MaxValue : row.Category),
        ["key of a bag"] = (InputColumn.Bag("Words", 4), AddWord),
        ["size of a bag"] = (InputColumn.Bag("Words", 4, BagPooling.Sum), (row, random) =>
            row.Words = [.. Enumerable.Repeat((uint)random.Next(1, 4), row.Label ? 4 : 2)]),
        ["word, sum"] = (InputColumn.Sequence("Words", 8, SequenceEncoder.Sum()), AddWord),
        ["word, attention"] = (InputColumn.Sequence("Words", 8, SequenceEncoder.Attention()), AddWord),
        ["word, deep GRU"] = (
            InputColumn.Sequence("Words", 8, SequenceEncoder.Gru(6, layers: 2, bidirectional: true, dropout: 0.1, GruReadout.Attention)), AddWord),
        ["word, mean"] = (InputColumn.Sequence("Words", 8, SequenceEncoder.Mean()), AddWord),
        ["word, max"] = (InputColumn.Sequence("Words", 8, SequenceEncoder.Max()), AddWord),
        ["word, GRU"] = (InputColumn.Sequence("Words", 8, SequenceEncoder.Gru(8)), AddWord),
        ["word, deep LSTM"] = (
            InputColumn.Sequence("Words", 8, SequenceEncoder.Lstm(6, layers: 2, bidirectional: true, dropout: 0.1, GruReadout.Max)), AddWord),
        ["word, LSTM"] = (InputColumn.Sequence("Words", 8, SequenceEncoder.Lstm(8)), AddWord),
        ["word, convolution"] = (InputColumn.Sequence("Words", 8, SequenceEncoder.Convolution(filters: 8)), AddWord),
        ["empty sequence"] = (InputColumn.Sequence("Words", 8), (row, _) => row.Words = row.Label ? [] : row.Words),
        ["number"] = (InputColumn.Number("Number"), (row, random) => row.Number = 1000 + random.NextSingle() + (row.Label ? 1 : 0)),
        ["missing number"] = (InputColumn.Number("Number"), (row, _) => row.Number = row.Label ? float.NaN : row.Number),
        ["vector"] = (InputColumn.Number("Numbers"), (row, random) => row.Numbers = [random.NextSingle(), random.NextSingle() - (row.Label ? 1 : 0)]),
    };

    /// <summary>Word 12 stands somewhere among others where the label is true, word 11 where it is false.</summary>
    private static void AddWord(TrainingRow row, Random random)
    {
        for (int i = 0; i < row.Words.Length; i++) row.Words[i] = (uint)random.Next(1, 11);
        row.Words[random.Next(row.Words.Length)] = row.Label ? 12u : 11u;
    }
}
