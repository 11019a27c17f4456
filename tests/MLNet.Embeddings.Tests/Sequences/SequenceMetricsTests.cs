using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class SequenceMetricsTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [TestMethod]
    [DataRow("", "", 0)]
    [DataRow("", "abc", 3)]
    [DataRow("abc", "", 3)]
    [DataRow("abc", "abc", 0)]
    [DataRow("abc", "abxc", 1)]
    [DataRow("abxc", "abc", 1)]
    [DataRow("abc", "axc", 1)]
    [DataRow("kitten", "sitting", 3)]
    [DataRow("intention", "execution", 5)]
    public void EditDistance_Texts_CountsTheFewestChanges(string from, string to, int expected)
    {
        var distance = new EditDistance();

        Assert.AreEqual(expected, distance.Between([.. from.Select(letter => (int)letter)], [.. to.Select(letter => (int)letter)]));
        Assert.AreEqual(expected, distance.Between([.. to.Select(letter => (int)letter)], [.. from.Select(letter => (int)letter)]));
    }

    [TestMethod]
    public void Evaluate_ThreeRows_IsWhatItComesToByHand()
    {
        var metrics = Evaluate(("a b c d e", "a b c d e"), ("a c", "a b c"), ("", "b d"), ("a", ""));

        Assert.AreEqual(3, metrics.RowCount);
        Assert.AreEqual(1, metrics.SkippedRows);
        Assert.AreEqual(10, metrics.TokenCount);
        Assert.AreEqual(1.0 / 3, metrics.ExactMatch, 1e-12);
        Assert.AreEqual((0 + 1 + 2) / 10.0, metrics.TokenErrorRate, 1e-12);
        Assert.AreEqual((5 + 1 + 0) / 10.0, metrics.TokenAccuracy, 1e-12);
        // Right runs of one to four tokens: 7 of 7, 4 of 5, 3 of 3, 2 of 2; the outputs have 7 tokens where the targets have 10.
        Assert.AreEqual(Math.Exp(1 - 10.0 / 7) * Math.Pow(1 * 0.8 * 1 * 1, 0.25), metrics.Bleu, 1e-12);
        Assert.IsTrue(double.IsNaN(metrics.Perplexity));
    }

    [TestMethod]
    public void Bleu_RunsThatAreTooOften_CountAsOftenAsTheTargetHasThem()
    {
        // The example of the paper, section 2.1: "the" seven times has two right of seven; and a tail that has runs of four.
        var metrics = Evaluate(("the the the the the the the", "the cat is on the mat"), ("a b c d", "a b c d"));

        double[] precisions = [(2 + 4) / 11.0, 3 / 9.0, 2 / 7.0, 1 / 5.0];
        Assert.AreEqual(Math.Exp(precisions.Average(Math.Log)), metrics.Bleu, 1e-12, "11 tokens for 10: no penalty.");
    }

    [TestMethod]
    public void Bleu_NoRunOfFour_IsZero() => Assert.AreEqual(0, Evaluate(("a b c", "a b c")).Bleu);

    [TestMethod]
    public void Perplexity_KnownProbabilities_IsTheirGeometricMeanTurnedUp()
    {
        // Three steps with their ends, and two: each of probability 1/4.
        var data = View([new("a b", "a b", 3 * MathF.Log(0.25f)), new("a", "b", 2 * MathF.Log(0.25f)), new("a", "b", float.NaN)]);

        var metrics = _mlContext.EvaluateSequences(data, "OutputKeys", "TargetKeys", "LogProbability");

        Assert.AreEqual(4, metrics.Perplexity, 1e-5);
    }

    [TestMethod]
    public void Evaluate_NoTargets_SaysSo()
    {
        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Evaluate(("a", ""))).Message;

        Assert.AreEqual("None of the 1 rows has tokens in the target column 'TargetKeys'; measuring needs rows with a target.", message);
    }

    [TestMethod]
    public void Evaluate_DataWithoutTarget_SaysWhatIsMissing()
    {
        var model = SequenceEstimators.Fit(SequenceEstimators.Tiny, SumRow.All(4, seed: 1));
        var data = EstimatorWorkout.Without(SumRow.View(SumRow.Of(1, 2)), nameof(SumRow.Result));

        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.EvaluateSequences(model.Transform(data), "Answer")).Message;

        StringAssert.StartsWith(
            message, "Could not find target tokens column 'Answer.TargetTokens'. The input has: 'Sum', 'Answer', 'Answer.Tokens', 'Answer.LogProbability', " +
                "'Answer.Attention'. The model adds it to data that has the target column: transform such data.");
    }

    [TestMethod]
    public void Evaluate_KeysOfOtherTerms_SaysSo()
    {
        var text = _mlContext.Transforms.Text;
        var rows = _mlContext.Data.LoadFromEnumerable<Row>([new("a b", "c", 0)]);
        var data = text.IndexTokens("OutputKeys", "Output").Append(text.IndexTokens("TargetKeys", "Target")).Fit(rows).Transform(rows);

        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.EvaluateSequences(data, "OutputKeys", "TargetKeys")).Message;

        StringAssert.StartsWith(
            message, "Schema mismatch for target tokens column 'TargetKeys': expected keys of the values that 'OutputKeys' has, got keys of others. " +
            "Measure columns that one model made, or that were indexed in one step.");
    }

    [TestMethod]
    [DataRow("Absent", "Could not find target log-probability column 'Absent'.", "Correct the name, or give data that the model has transformed.")]
    [DataRow("Output", "Schema mismatch for target log-probability column 'Output': expected Single, got String.", "Name the column that the model adds")]
    public void Evaluate_LogProbabilityThatIsNone_SaysWhatToDo(string column, string start, string cure)
    {
        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _mlContext.EvaluateSequences(View([new("a", "a", 0)]), "OutputKeys", "TargetKeys", column)).Message;

        StringAssert.StartsWith(message, start);
        StringAssert.Contains(message, cure);
    }

    private SequenceMetrics Evaluate(params (string Output, string Target)[] rows) =>
        _mlContext.EvaluateSequences(View([.. rows.Select(row => new Row(row.Output, row.Target, 0))]), "OutputKeys", "TargetKeys");

    private IDataView View(Row[] rows)
    {
        var view = _mlContext.Data.LoadFromEnumerable(rows);
        return _mlContext.Transforms.Text.IndexTokens([new("OutputKeys", "Output"), new("TargetKeys", "Target")]).Fit(view).Transform(view);
    }

    private sealed record Row(string Output, string Target, float LogProbability);
}
