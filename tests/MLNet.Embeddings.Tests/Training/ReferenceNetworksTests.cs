using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>The networks that the library must be able to state in about ten lines, in their full size, on few rows.</summary>
[TestClass]
public sealed class ReferenceNetworksTests
{
    [TestMethod]
    public void Fit_TwoTextFields_TrainsAGruForEach()
    {
        var mlContext = new MLContext(1);
        var reviews = mlContext.Data.LoadFromEnumerable(Reviews(48));
        var pipeline = mlContext.Transforms.Text.IndexTokens("TitleKeys", "Title", new() { Vocabulary = Vocabulary(10_000), MaxLength = 50 })
            .Append(mlContext.Transforms.Text.IndexTokens("BodyKeys", "Body", new() { Vocabulary = Vocabulary(20_000), MaxLength = 300 }))
            .Append(mlContext.BinaryClassification.Trainers.MultiEmbedding(new()
            {
                LabelColumnName = "Recommended",
                Columns = [InputColumn.Sequence("TitleKeys", 128, SequenceEncoder.Gru(64)), InputColumn.Sequence("BodyKeys", 256, SequenceEncoder.Gru(128))],
                HiddenUnits = [],
                MaxEpochs = 6,
                LearningRate = 0.005,
            }));

        var model = pipeline.Fit(reviews);

        AssertLearned(model.LastTransformer.History);
        AssertExtents(model.LastTransformer,
            ("columns.TitleKeys.table", 10_001, 128), ("columns.TitleKeys.gru.weight_hh_l0", 3 * 64, 64),
            ("columns.BodyKeys.table", 20_001, 256), ("columns.BodyKeys.gru.weight_hh_l0", 3 * 128, 128), ("head.0.weight", 1, 64 + 128));
    }

    [TestMethod]
    public void Fit_TableOfCategoriesAndNumber_TrainsADenseHead()
    {
        var mlContext = new MLContext(1);
        var people = mlContext.Data.LoadFromEnumerable(People(400));
        var pipeline = mlContext.Transforms.Categorical.IndexCategories("GenderKey", "Gender")
            .Append(mlContext.Transforms.Categorical.IndexCategories("LocationKey", "Location"))
            .Append(mlContext.BinaryClassification.Trainers.MultiEmbedding(new()
            {
                LabelColumnName = "Bought",
                Columns = [InputColumn.Category("GenderKey", 8), InputColumn.Category("LocationKey", 16), InputColumn.Number("Age", NumberEncoder.Standard())],
                HiddenUnits = [64],
                MaxEpochs = 25,
                LearningRate = 0.01,
            }));

        var model = pipeline.Fit(people);

        AssertLearned(model.LastTransformer.History);
        AssertExtents(model.LastTransformer,
            ("columns.GenderKey.table", 1 + 1 + 3, 8), ("columns.LocationKey.table", 1 + 1 + 100, 16), ("head.0.weight", 64, 8 + 16 + 1),
            ("head.1.weight", 1, 64));
    }

    [TestMethod]
    public void Fit_SequenceToSequence_TrainsAnEncoderAndADecoder()
    {
        var mlContext = new MLContext(1);
        var pairs = mlContext.Data.LoadFromEnumerable(Reviews(48));
        var estimator = mlContext.Transforms.Text.SequenceToSequence("Decoded", sourceColumnName: "Body", targetColumnName: "Title", new()
        {
            SourceTokens = new() { Vocabulary = Vocabulary(10_000), MaxLength = 100 },
            TargetTokens = new() { Vocabulary = Vocabulary(12_000), MaxLength = 120 },
            SourceDimensions = 128,
            TargetDimensions = 128,
            Units = 128,
            Bidirectional = false,
            Attention = false,
            TieTargetEmbedding = false,
            MaxEpochs = 8,
            LearningRate = 0.005,
            Schedule = LearningRateSchedule.Constant(),
        });

        var model = estimator.Fit(pairs);

        AssertLearned(model.History);
        AssertExtents(model,
            ("columns.source.table", 10_001, 128), ("columns.source.gru.weight_hh_l0", 3 * 128, 128),
            ("columns.target.table", 12_001, 128), ("columns.target.gru.weight_hh_l0", 3 * 128, 128), ("output.weight", 12_001, 128));
    }

    private static void AssertLearned(TrainingHistory history) => Assert.IsLessThan(history.Epochs[0].TrainingLoss / 2, history.Epochs[^1].TrainingLoss);

    private static void AssertExtents(ITransformer model, params (string Name, int Rows, int Columns)[] arrays)
    {
        var weights = Trainers.Weights(model);
        foreach (var (name, rows, columns) in arrays) CollectionAssert.AreEqual(new[] { rows, columns }, weights[name].Extents, name);
    }

    /// <summary>Terms w0, w1 and so on; with the unknown one there are as many as given.</summary>
    private static string[] Vocabulary(int count) => [.. Enumerable.Range(0, count - 1).Select(term => $"w{term}")];

    /// <summary>Reviews of ragged lengths, one of them longer than the longest sequence; the first words tell the label.</summary>
    private static IEnumerable<ReviewRow> Reviews(int count)
    {
        var random = new Random(1);
        string Words(int length, int first, int last) => string.Join(' ', Enumerable.Range(0, length).Select(_ => $"w{random.Next(first, last)}"));
        for (int i = 0; i < count; i++)
        {
            bool recommended = i % 2 == 0;
            int first = recommended ? 0 : 5;
            yield return new ReviewRow
            {
                Recommended = recommended,
                Title = Words(random.Next(0, 6), first, first + 5),
                Body = Words(i == 7 ? 350 : random.Next(1, 30), first, first + 5),
            };
        }
    }

    private static IEnumerable<PersonRow> People(int count)
    {
        var random = new Random(1);
        for (int i = 0; i < count; i++)
        {
            int gender = random.Next(3), location = i % 100, age = random.Next(18, 80);
            yield return new PersonRow { Gender = $"g{gender}", Location = $"l{location}", Age = age, Bought = gender == 0 ? location < 50 : age > 50 };
        }
    }

    private sealed class ReviewRow
    {
        public string Title { get; set; } = "";
        public string Body { get; set; } = "";
        public bool Recommended { get; set; }
    }

    private sealed class PersonRow
    {
        public string Gender { get; set; } = "";
        public string Location { get; set; } = "";
        public float Age { get; set; }
        public bool Bought { get; set; }
    }
}
