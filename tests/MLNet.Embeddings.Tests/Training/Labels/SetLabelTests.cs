using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings.Tests;

/// <summary>Sets of labels, from their loss to what is scored.</summary>
[TestClass]
public sealed class SetLabelTests
{
    private static readonly MultiEmbeddingOptions Options = new()
    {
        Columns = [InputColumn.Number("Numbers")],
        Labels = [LabelColumn.Set("Genres")],
        HiddenUnits = [8],
        LearningRate = 0.05,
        MaxEpochs = 15,
        Seed = 1,
    };

    private readonly MLContext _mlContext = new(1);

    private static SetObjective Objective { get; } = new(LabelColumn.Set("L"), new SetLabelShape("L", 3, null), [[], [0, 2], [1]]);

    [TestMethod]
    [DataRow(0, 0.69314718 + 2.12692801 + 0.31326169, 0.5, 0.88079708, 0.26894142)]
    [DataRow(1, 0.69314718 + 2.12692801 + 1.31326169, -0.5, 0.88079708, -0.73105858)]
    [DataRow(2, 0.69314718 + 0.12692801 + 0.31326169, 0.5, -0.11920292, 0.26894142)]
    public void Loss_ASet_IsTheSumOfTheCrossEntropies(int set, double loss, double first, double second, double third)
    {
        float[] gradients = new float[3];

        Assert.AreEqual(loss, Objective.Loss([0, 2, -1], set, 2, gradients), 1e-6);

        foreach (var (expected, actual) in new[] { first, second, third }.Zip(gradients)) Assert.AreEqual(2 * expected, actual, 1e-6);
        Assert.AreEqual(1000, Objective.Loss([0, 0, 1000], 0, 1, []) - 2 * Math.Log(2), 1e-6);
    }

    [TestMethod]
    public void Measure_Sets_AreMicroF1AndExactMatch()
    {
        var counter = Objective.Count();
        counter.Add([1, -1, 1], 1, 1); // as it is: 2 right
        counter.Add([-1, 1, 1], 2, 2); // 1 right, 1 too many; counts twice
        counter.Add([-1, -1, -1], 0, 1); // as it is, nothing
        counter.Add([-1, -1, -1], 2, 1); // 1 too few

        CollectionAssert.AreEqual(new[] { 2 * 4.0 / (2 * 4 + 3), 0.4 }, counter.Measure());
        Assert.IsTrue(double.IsNaN(Objective.Count().Measure()[0]));
    }

    [TestMethod]
    public void Of_MembersOfAnEnsemble_AreTheMeanProbabilityOfEachLabel()
    {
        float[] outputs = new float[3];

        MemberAverage.Of([new SetLabelShape("L", 3, null)], [0, 2, -1, 4, 2, 1], outputs);

        // Probabilities 0.5 and 0.98201379: 0.74100690 in the mean.
        Assert.AreEqual(Math.Log(0.74100690 / 0.25899310), outputs[0], 1e-5);
        Assert.AreEqual(2, outputs[1], 1e-5);
        Assert.AreEqual(0, outputs[2], 1e-5);
    }

    [TestMethod]
    [DataRow(TrainingBackend.Kernels, 1, null)]
    [DataRow(TrainingBackend.Kernels, 2, 100)]
    [DataRow(TrainingBackend.Torch, 1, null)]
    public void Fit_Texts_LearnsEachLabel(TrainingBackend backend, int members, int? buffer)
    {
        var options = Options with { Backend = backend, EnsembleSize = members, ShuffleBufferRows = buffer };
        var view = SetRow.View(SetRow.Random(400, seed: 1));

        var model = _mlContext.MultiOutput().Trainers.MultiEmbedding(options).Fit(view);

        var last = model.History.Epochs[model.History.BestEpoch - 1];
        CollectionAssert.AreEqual(new[] { "Genres.MicroF1", "Genres.ExactMatch" }, last.Metrics.Select(metric => metric.Name).ToArray());
        foreach (var metric in last.Metrics) Assert.IsGreaterThan(0.9, metric.Value, metric.Name);
        CheckScores(EstimatorWorkout.SaveAndLoad(model, view.Schema));
    }

    private static void CheckScores(ITransformer model)
    {
        SetRow[] rows = [new() { Numbers = [1, 1] }, new() { Numbers = [-1, 1] }, new() { Numbers = [-1, -1] }];
        var scored = model.Transform(SetRow.View(rows));
        VBuffer<ReadOnlyMemory<char>> names = default, slots = default;
        scored.Schema["Genres.PredictedLabel"].GetKeyValues(ref names);
        scored.Schema["Genres.Score"].GetSlotNames(ref slots);

        CollectionAssert.AreEqual(SetRow.Genre, names.DenseValues().Select(name => name.ToString()).ToArray());
        CollectionAssert.AreEqual(SetRow.Genre, slots.DenseValues().Select(name => name.ToString()).ToArray());
        uint[][] predicted = [.. scored.GetColumn<uint[]>("Genres.PredictedLabel")];
        float[][] probabilities = [.. scored.GetColumn<float[]>("Genres.Score")];
        CollectionAssert.AreEqual(new uint[] { 1, 2 }, predicted[0]);
        CollectionAssert.AreEqual(new uint[] { 2 }, predicted[1]);
        CollectionAssert.AreEqual(Array.Empty<uint>(), predicted[2]);
        for (int row = 0; row < 3; row++)
        {
            for (int i = 0; i < 2; i++)
            {
                Assert.IsTrue(probabilities[row][i] is >= 0 and <= 1);
                Assert.AreEqual(probabilities[row][i] >= 0.5f, predicted[row].Contains((uint)i + 1));
            }
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Workout_TextsAndKeysBesideAnotherLabel_Passes(bool areKeys)
    {
        var rows = SetRow.View(SetRow.Random(60, seed: 2));
        var view = areKeys ? _mlContext.Transforms.Conversion.MapValueToKey("Genres").Fit(rows).Transform(rows) : rows;
        var options = Options with { MaxEpochs = 2, Labels = [LabelColumn.Regression("Length"), LabelColumn.Set("Genres")] };

        var model = EstimatorWorkout.Run(_mlContext.MultiOutput().Trainers.MultiEmbedding(options), view, EstimatorWorkout.Without(view, "Numbers"));

        Assert.IsTrue(model.Transform(view).Schema["Genres"].Type is VectorDataViewType, "There is no evaluator of sets.");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Score_DataFrame_HasTheLabelsOfEachRow(bool areKeys)
    {
        SetRow[] rows = [.. Enumerable.Repeat<SetRow[]>([new(), new() { Other = 1, Genres = SetRow.Genre, Keys = [2] }], 30).SelectMany(pair => pair)];
        var options = Options with { Columns = [InputColumn.Number("Other")], Labels = [LabelColumn.Set(areKeys ? "Keys" : "Genres")], MaxEpochs = 40 };
        var model = _mlContext.MultiOutput().Trainers.MultiEmbedding(options).Fit(SetRow.View(rows));

        var frame = model.Score(new DataFrame(new SingleDataFrameColumn("Other", [0, 1])));

        if (areKeys)
        {
            var keys = (VBufferDataFrameColumn<uint>)frame["Keys.PredictedLabel"];
            CollectionAssert.AreEqual(Array.Empty<uint>(), keys[0].DenseValues().ToArray());
            CollectionAssert.AreEqual(new uint[] { 2 }, keys[1].DenseValues().ToArray());
            return;
        }
        var texts = (VBufferDataFrameColumn<ReadOnlyMemory<char>>)frame["Genres.PredictedLabel"];
        CollectionAssert.AreEqual(Array.Empty<string>(), texts[0].DenseValues().Select(text => text.ToString()).ToArray());
        CollectionAssert.AreEqual(SetRow.Genre, texts[1].DenseValues().Select(text => text.ToString()).ToArray());
    }

    [TestMethod]
    public void Fit_PreviousWithFewerLabels_GoesOn()
    {
        var rows = SetRow.Random(100, seed: 3);
        var trainer = _mlContext.MultiOutput().Trainers.MultiEmbedding(Options with { MaxEpochs = 2 });
        var earlier = trainer.Fit(SetRow.View(rows));
        foreach (var row in rows.Take(40)) row.Genres = [.. row.Genres, "absurd"];

        var model = trainer.Fit(SetRow.View(rows), earlier);

        VBuffer<ReadOnlyMemory<char>> names = default;
        model.GetOutputSchema(SetRow.View().Schema)["Genres.PredictedLabel"].GetKeyValues(ref names);
        CollectionAssert.AreEqual(new[] { "drama", "western", "absurd" }, names.DenseValues().Select(name => name.ToString()).ToArray());
    }

    [TestMethod]
    public void Fit_ValidationRowsWithALabelThatTrainingLacks_LeaveItOutAndSaySo()
    {
        var context = new MLContext(1);
        List<string> warnings = [];
        context.Log += (_, log) =>
        {
            if (log.Kind == ChannelMessageKind.Warning) warnings.Add(log.RawMessage);
        };

        context.MultiOutput().Trainers.MultiEmbedding(Options with { MaxEpochs = 1 })
            .Fit(SetRow.View(SetRow.Random(50, seed: 4)), SetRow.View(new SetRow { Genres = ["western", "absurd"] }, new SetRow { Genres = [""] }));

        CollectionAssert.AreEqual(
            new[]
            {
                "1 validation rows hold a value of label 'Genres' that no training row has, such as 'absurd'; it was left out. Train on rows of all classes.",
            }, warnings);
    }

    [TestMethod]
    public void Fit_LabelsThatAreNoSets_SayWhatToDo()
    {
        AssertRefused("Length", "expected a vector of Text or Key, got Single. Make a vector of it, or learn one label per row with");
        AssertRefused("Numbers", "expected a vector of Text or Key, got Vector<Single, 2>. Make keys of its values with");
        AssertRefused("Text", "expected a vector of Text or Key, got String. Text is not split by itself: cut it before the trainer, with " +
            "mlContext.Transforms.Text.TokenizeIntoWords(\"Text\", separators: ['|']) or a custom mapping;");
        var view = SetRow.View(new SetRow { Text = "western|drama" }, new SetRow { Text = "drama" });
        view = _mlContext.Transforms.Text.TokenizeIntoWords("Text", separators: ['|']).Fit(view).Transform(view);
        Assert.AreEqual(2, Trainer("Text").Fit(view).Model.Networks[0].Shape.Outputs, "The cure works.");

        StringAssert.StartsWith(Assert.ThrowsExactly<InvalidOperationException>(() => Trainer("Genres").Fit(SetRow.View(new SetRow(), new SetRow()))).Message,
            "The sets of the label column 'Genres' are empty in all rows;");
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => _mlContext.MulticlassClassification.Trainers.MultiEmbedding(Options)).Message,
            "Labels must hold one MulticlassLabel for this trainer; it holds a LabelSet 'Genres'.");

        MultiEmbeddingTrainer Trainer(string name) => _mlContext.MultiOutput().Trainers.MultiEmbedding(
            Options with { Columns = [InputColumn.Number("Other")], Labels = [LabelColumn.Set(name)], MaxEpochs = 1 });

        void AssertRefused(string name, string message) => StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainer(name).Fit(SetRow.View(SetRow.Random(5, seed: 1)))).Message,
            $"Schema mismatch for label column '{name}': {message}");
    }

    /// <summary>A row whose labels follow from its numbers.</summary>
    private sealed class SetRow
    {
        internal static readonly string[] Genre = ["drama", "western"];

        [VectorType(2)] public float[] Numbers { get; set; } = [0, 0];
        public float Other { get; set; }
        public string[] Genres { get; set; } = [];
        [KeyType(3)] public uint[] Keys { get; set; } = [];
        public string Text { get; set; } = "";
        public float Length { get; set; }

        internal static SetRow[] Random(int count, int seed)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, count).Select(_ =>
            {
                float[] numbers = [random.NextSingle() - 0.5f, random.NextSingle() - 0.5f];
                return new SetRow { Numbers = numbers, Genres = [.. Genre.Where((_, i) => numbers[i] > 0)], Length = numbers[0] };
            })];
        }

        internal static IDataView View(params SetRow[] rows) => new MLContext(1).Data.LoadFromEnumerable(rows);
    }
}
