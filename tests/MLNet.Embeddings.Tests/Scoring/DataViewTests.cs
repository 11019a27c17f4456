using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A network as an ordinary citizen of ML.NET's pipelines.</summary>
[TestClass]
public sealed class DataViewTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly MultiEmbeddingTransformer _transformer = Networks.Transformer(Networks.OfEveryKind());
    private readonly IDataView _rows = NetworkRow.View(NetworkRow.Random(200));

    private IDataView Scored => _transformer.Transform(_rows);

    [TestMethod]
    public void Evaluate_ScoredRows_CountsTheirLabels()
    {
        var rows = _mlContext.Data.CreateEnumerable<NetworkRow>(_rows, reuseRowObject: false);
        float[] scores = Networks.Scores(Scored);

        var metrics = _mlContext.BinaryClassification.Evaluate(Scored);

        Assert.AreEqual(rows.Zip(scores).Count(pair => pair.First.Label == pair.Second > 0) / 200.0, metrics.Accuracy, 1e-9);
        Assert.IsTrue(double.IsFinite(metrics.LogLoss));
        Assert.AreEqual(metrics.Accuracy, _mlContext.BinaryClassification.EvaluateNonCalibrated(Scored).Accuracy);
    }

    [TestMethod]
    public void Calibrators_OnScores_GiveProbabilities()
    {
        var platt = _mlContext.BinaryClassification.Calibrators.Platt().Fit(Scored).Transform(Scored);
        var isotonic = _mlContext.BinaryClassification.Calibrators.Isotonic().Fit(Scored).Transform(Scored);

        foreach (var calibrated in new[] { platt, isotonic })
            Assert.IsTrue(calibrated.GetColumn<float>("Probability").All(probability => probability is >= 0 and <= 1));
        Assert.AreNotEqual(Scored.GetColumn<float>("Probability").First(), platt.GetColumn<float>("Probability").First());
    }

    [TestMethod]
    public void Append_ATrainerThatReadsTheScore_Learns()
    {
        var pipeline = _mlContext.Transforms.CopyColumns("Label", "PredictedLabel")
            .Append(_mlContext.Transforms.Concatenate("Features", "Score", "Probability"))
            .AppendCacheCheckpoint(_mlContext)
            .Append(_mlContext.BinaryClassification.Trainers.SdcaLogisticRegression());

        var stacked = pipeline.Fit(Scored).Transform(Scored);

        Assert.IsGreaterThan(0.95, _mlContext.BinaryClassification.Evaluate(stacked).Accuracy);
    }

    [TestMethod]
    public void Cursor_Shuffled_ScoresEveryRowInAnotherOrder()
    {
        float[] expected = Networks.Scores(Scored);

        float[] shuffled = Networks.Scores(_mlContext.Data.ShuffleRows(Scored, seed: 3));

        CollectionAssert.AreNotEqual(expected, shuffled);
        CollectionAssert.AreEquivalent(expected, shuffled);
    }

    [TestMethod]
    public void CursorSet_ReadInParallel_ScoresEveryRowOnce()
    {
        float[] expected = Networks.Scores(Scored);
        var cached = _transformer.Transform(_mlContext.Data.Cache(_rows));

        var cursors = cached.GetRowCursorSet([cached.Schema["Score"]], 4);
        float[] scores = [.. cursors.AsParallel().WithDegreeOfParallelism(4).SelectMany(Read)];

        CollectionAssert.AreEquivalent(expected, scores);

        static List<float> Read(DataViewRowCursor cursor)
        {
            using (cursor)
            {
                var getter = cursor.GetGetter<float>(cursor.Schema["Score"]);
                var read = new List<float>();
                float score = 0;
                while (cursor.MoveNext())
                {
                    getter(ref score);
                    read.Add(score);
                }
                return read;
            }
        }
    }

    [TestMethod]
    public void Cursor_IdsAndPositions_AreThoseOfTheInput()
    {
        using var input = _rows.GetRowCursor([]);
        using var mapped = Scored.GetRowCursor([Scored.Schema["Score"]]);
        var expected = input.GetIdGetter();
        var given = mapped.GetIdGetter();
        DataViewRowId expectedId = default, givenId = default;

        for (int i = 0; i < 5; i++)
        {
            Assert.IsTrue(input.MoveNext() && mapped.MoveNext());
            expected(ref expectedId);
            given(ref givenId);
            Assert.AreEqual(expectedId, givenId);
            Assert.AreEqual(input.Position, mapped.Position);
            Assert.AreEqual(input.Batch, mapped.Batch);
        }
    }

    [TestMethod]
    public void Preview_AndCache_HoldTheScores()
    {
        float[] expected = Networks.Scores(Scored);

        var preview = Scored.Preview(maxRows: 10);
        var cached = _mlContext.Data.Cache(Scored);

        CollectionAssert.AreEqual(expected[..10], preview.ColumnView.Single(column => column.Column.Name == "Score").Values.Cast<float>().ToArray());
        CollectionAssert.AreEqual(expected, Networks.Scores(cached));
        CollectionAssert.AreEqual(expected, Networks.Scores(cached));
    }

    [TestMethod]
    public void Transform_NoRows_GivesNone() => Assert.IsEmpty(Networks.Scores(_transformer.Transform(NetworkRow.View())));

    [TestMethod]
    public void GetRowCount_OfTheScored_IsThatOfTheInput()
    {
        Assert.AreEqual(_rows.GetRowCount(), Scored.GetRowCount());
        Assert.AreEqual(_rows.CanShuffle, Scored.CanShuffle);
    }
}
