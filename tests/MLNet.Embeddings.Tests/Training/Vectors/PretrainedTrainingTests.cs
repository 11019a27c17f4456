using System.Globalization;
using Microsoft.ML;
using static MLNet.Embeddings.Tests.WordVectors;

namespace MLNet.Embeddings.Tests;

/// <summary>Fits whose tables begin with vectors of a file.</summary>
[TestClass]
public sealed class PretrainedTrainingTests : IDisposable
{
    private readonly WordVectors _vectors = new();

    public void Dispose() => _vectors.Dispose();

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Fit_Frozen_LeavesEveryRowAsItIs(string form)
    {
        var (options, table, column) = Form(form, _vectors.Of(Words[5..]) with { Trainable = false });
        var rows = WordRow.Random(120, seed: 1);
        var view = WordRow.Keys(rows);

        float[] once = Table(Trainers.Of(options with { MaxEpochs = 1 }).Fit(view), table);
        float[] often = Table(Trainers.Of(options).Fit(view), table);

        AssertHasVectors(often, view, column, Words[5..], tolerance: 0);
        CollectionAssert.AreEqual(once, often);
    }

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Fit_Trainable_BeginsWithTheFileAndLearns(string form)
    {
        var (options, table, column) = Form(form, _vectors.Of(Words));
        var view = WordRow.Keys(WordRow.Random(120, seed: 1));

        float[] begun = Table(Trainers.Of(options with { MaxEpochs = 1, LearningRate = 1e-12 }).Fit(view), table);
        float[] learned = Table(Trainers.Of(options).Fit(view), table);

        AssertHasVectors(begun, view, column, Words, tolerance: 1e-6f);
        Assert.IsGreaterThan(0.9, begun.Zip(learned).Count(pair => Math.Abs(pair.First - pair.Second) > 1e-3) / (double)begun.Length);
    }

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Fit_Twice_GivesTheSameModel(string form)
    {
        foreach (bool trainable in new[] { true, false })
        {
            var (options, _, _) = Form(form, _vectors.Of(Words[10..]) with { Trainable = trainable });
            var view = WordRow.Keys(WordRow.Random(60, seed: 1));
            var trainer = Trainers.Of(options with { MaxEpochs = 2 });

            Trainers.AssertSameWeights(trainer.Fit(view), trainer.Fit(view));
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Fit_SeveralNetworks_EachHasATableOfItsOwn(bool trainable)
    {
        var (options, table, column) = Form("bag", _vectors.Of(Words) with { Trainable = trainable });
        var view = WordRow.Keys(WordRow.Random(200, seed: 1));
        options = options with { Members = 2, MaxEpochs = 2 };

        var beside = Trainers.Of(options with { NumberOfThreads = 2 }).Fit(view);
        var inTurn = Trainers.Of(options with { NumberOfThreads = 1 }).Fit(view);

        foreach (var (one, other) in beside.Model.Networks.Zip(inTurn.Model.Networks))
            CollectionAssert.AreEqual(one.Weights[table].Values, other.Weights[table].Values);
        float[][] tables = [.. inTurn.Model.Networks.Select(network => network.Weights[table].Values)];
        if (trainable) CollectionAssert.AreNotEqual(tables[0], tables[1]);
        else foreach (float[] values in tables) AssertHasVectors(values, view, column, Words, tolerance: 0);
    }

    [TestMethod]
    [DataRow(null, 1)]
    [DataRow(32, 1)]
    [DataRow(null, 2)]
    public void Fit_Coverage_CountsTermsAndOccurrencesAndIsSaved(int? shuffleBufferRows, int members)
    {
        string[] covered = ["good1", "good2", "bad7"];
        var rows = WordRow.Random(150, seed: 1);
        var view = WordRow.Keys(rows);
        var (options, _, _) = Form("bag", _vectors.Of([.. covered, "elsewhere"]));
        var context = new MLContext(1);
        var messages = new List<string>();
        context.Log += (_, log) => messages.Add(log.RawMessage);

        var model = context.BinaryClassification.Trainers.MultiEmbedding(
            options with { ValidationFraction = 0, MaxEpochs = 1, ShuffleBufferRows = shuffleBufferRows, Members = members }).Fit(view);

        long found = rows.Sum(row => row.Text.Split(' ').Count(covered.Contains));
        var expected = new VectorCoverage
        {
            Table = "Words",
            Terms = Keys(view, "Words").Count - 1,
            FoundTerms = 3,
            Occurrences = 450,
            FoundOccurrences = found
        };
        Assert.AreEqual(expected, model.History.VectorCoverage.Single());
        var loaded = (MultiEmbeddingTransformer)EstimatorWorkout.SaveAndLoad(model, view.Schema);
        Assert.AreEqual(expected, loaded.History.VectorCoverage.Single());
        string message = string.Create(CultureInfo.InvariantCulture,
            $"'Words' has vectors for 3 of {expected.Terms} terms ({300.0 / expected.Terms:F1} %), which are {found / 4.5:F1} % of all 450 occurrences, from " +
            $"'{options.Columns.OfType<BagColumn>().Single().Vectors!.FilePath}'.");
        CollectionAssert.Contains(messages, message);
    }

    [TestMethod]
    public void Fit_ResumedAfterTheFileOfFrozenVectorsChanged_SaysSo()
    {
        var view = WordRow.Keys(WordRow.Random(60, seed: 1));
        var (options, _, _) = Form("bag", _vectors.Of(Words) with { Trainable = false });
        using var source = new CancellationTokenSource();
        var progress = new Reports(report => { if (report.Completed is not null) source.Cancel(); });
        var checkpoints = new CheckpointOptions(_vectors.PathOf("checkpoints"));
        Trainers.Of(options with { Checkpoints = checkpoints, Progress = progress, CancellationToken = source.Token }).Fit(view);
        _vectors.Of(Words[1..]);

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Trainers.Of(options with { Checkpoints = checkpoints }).Fit(view)).Message;
        _vectors.Of(Words);
        var resumed = Trainers.Of(options with { Checkpoints = checkpoints }).Fit(view);

        StringAssert.Contains(message, "vectors that stay as they are: columns.Words.table ");
        Trainers.AssertSameWeights(Trainers.Of(options).Fit(view), resumed);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Fit_GrownVocabulary_KeepsOldRowsAndTakesNewOnesFromTheFile(bool trainable)
    {
        var context = new MLContext(1);
        var (options, table, column) = Form("bag", _vectors.Of(Words) with { Trainable = trainable });
        var tokens = context.Transforms.Text.IndexTokens("Words", "Text");
        IDataView old = context.Data.LoadFromEnumerable(WordRow.Random(8, seed: 1)), more = context.Data.LoadFromEnumerable(WordRow.Random(200, seed: 2));
        var oldTokens = tokens.Fit(old);
        var (oldRows, rows) = (oldTokens.Transform(old), tokens.Fit(more, oldTokens).Transform(more));

        var earlier = Trainers.Of(options).Fit(oldRows);
        float[] begun = Table(Trainers.Of(options with { LearningRate = 1e-30, MaxEpochs = 1 }).Fit(rows, earlier), table);

        float[] known = Table(earlier, table);
        CollectionAssert.AreEqual(known, begun[..known.Length]);
        string[] added = [.. Keys(rows, column).Keys.Except(Keys(oldRows, column).Keys)];
        Assert.IsGreaterThan(20, added.Length);
        foreach (string word in added) CollectionAssert.AreEqual(VectorOf(word), Row(begun, Keys(rows, column)[word]), word);
    }

    [TestMethod]
    public void Fit_FewRowsAndGoodFrozenVectors_BeatsRandomOnes()
    {
        var rows = WordRow.Random(24, seed: 1, words: 1);
        var tests = WordRow.Random(400, seed: 2, words: 2);
        // Words of one kind are near each other in the file; most words of the tests are none of the rows.
        var random = new Random(3);
        string Line(string word) =>
            $"{word} {string.Join(' ', Enumerable.Range(0, Dimensions).Select(i => Text(Signal(word, i) + random.NextSingle() - 0.5f)))}";
        static float Signal(string word, int place) => (word[0] == 'g' ? 0.4f : -0.4f) * (place % 2 == 0 ? 1 : -1);
        var vectors = _vectors.Write("near.txt", string.Join('\n', Words.Select(Line))) with { Trainable = false };
        WordRow[] all = [.. rows, .. tests];
        double Learn(PretrainedVectors? given)
        {
            var options = Trainers.Options with
            {
                Columns = [InputColumn.Bag("Words", given is null ? Dimensions : null) with { Vectors = given }],
                ValidationFraction = 0,
                MaxEpochs = 30
            };
            var model = Trainers.Of(options).Fit(WordRow.Indexed(rows, all));
            return new MLContext(1).BinaryClassification.Evaluate(model.Transform(WordRow.Indexed(tests, all))).AreaUnderRocCurve;
        }

        double pretrained = Learn(vectors), plain = Learn(null);

        Assert.IsGreaterThan(0.97, pretrained);
        Assert.IsLessThan(pretrained - 0.1, plain);
    }

    private static IEnumerable<string[]> Forms =>
        [["bag"], ["category"], ["gru"], ["mean"], ["bag, torch"], ["bag, dense updates, averaged"], ["mean, dense updates, averaged"]];
}
