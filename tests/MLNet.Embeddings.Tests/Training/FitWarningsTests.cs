using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>What a fit leaves out, or cannot do as asked, stands in the log and in the history; vocabularies are compared by their terms.</summary>
[TestClass]
public sealed class FitWarningsTests
{
    private static readonly string[] Cities = ["Oslo", "Rome", "Bern"];

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Fit_ValidationRowsOfAnUnknownClass_AreCountedInLogAndHistory()
    {
        List<string> told = [];
        _mlContext.Log += (_, message) => told.Add(message.RawMessage);
        var keys = _mlContext.Transforms.Conversion.MapValueToKey("Label", "City");
        var train = View(60);
        var steps = keys.Fit(train);

        var model = Multiclass("Label").Fit(steps.Transform(train), steps.Transform(View(30, i => i < 10 ? "Lima" : null)));

        StringAssert.StartsWith(
            model.History.Warnings.Single(),
            "10 rows of 30 in the validation data were left out because label 'Label' is missing, or a value that the step " +
            "which makes its keys does not know: fit that step on rows of all classes.");
        CollectionAssert.Contains(told, model.History.Warnings[0]);
    }

    [TestMethod]
    public void Fit_ValidationWithoutRowsOfAClass_NamesIt()
    {
        var validation = View(20, i => i % 2 == 0 ? "Oslo" : "Rome");

        var model = Multiclass("City").Fit(View(60), validation);

        StringAssert.StartsWith(model.History.Warnings.Single(), "1 of 3 classes of label 'City' have no row among the validation rows, such as 'Bern'");
    }

    [TestMethod]
    public void Fit_HeldOutRowsOfAllClasses_WarnsOfNothing() => Assert.IsEmpty(Multiclass("City").Fit(View(60)).History.Warnings);

    [TestMethod]
    public void Fit_PatienceShorterThanTheSchedule_SaysSo()
    {
        var options = Regression(InputColumn.Number("Size")) with { Schedule = LearningRateSchedule.OneCycle(), MaxEpochs = 3, Patience = 1 };

        StringAssert.StartsWith(Fit(options, View(40)).History.Warnings.Single(), "Patience = 1 may end training before Schedule = OneCycle has brought");
        Assert.IsEmpty(Fit(options with { Patience = 3 }, View(40)).History.Warnings);
    }

    [TestMethod]
    public void Fit_PatienceWithoutValidation_SaysSo() => StringAssert.StartsWith(
        Fit(Regression(InputColumn.Number("Size")) with { Patience = 2, ValidationFraction = 0 }, View(40)).History.Warnings.Single(),
        "Patience = 2 has no effect");

    [TestMethod]
    public void Fit_KeysThatAreMostlyUnknown_TellsTheirShare()
    {
        var steps = _mlContext.Transforms.Categorical.IndexCategories("Key", "City").Fit(View(30, _ => "Paris"));

        var model = Fit(Regression(InputColumn.Category("Key")), steps.Transform(View(60)));

        StringAssert.StartsWith(model.History.Warnings.Single(), "100 % of the values of column 'Key' (54 of 54) are unknown");
    }

    [TestMethod]
    public void Fit_RawTextsLongerThanMaxLength_AreToldInTheHistoryOfTheSavedModel()
    {
        var text = InputColumn.Text("Text", SequenceEncoder.Mean()) with { Tokens = new() { MaxLength = 3 } };
        var model = Fit(Regression(text), View(40));
        using var file = new MemoryStream();
        _mlContext.Model.Save(model, null, file);

        var loaded = (MultiEmbeddingTransformer)_mlContext.Model.Load(file, out _);

        StringAssert.Contains(loaded.History.Warnings.Single(),
            "100 % (40 of 40) of the texts of column 'Text' have more than MaxLength = 3 tokens, the longest 4");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Fit_RawTextsOfGivenTermsLongerThanMaxLength_AreToldWithTheirShare(bool hashes)
    {
        var tokens = hashes
            ? new TokenIndexingOptions { MaxLength = 3, HashBuckets = 10 }
            : new TokenIndexingOptions { MaxLength = 3, Vocabulary = ["one", "two"] };
        var text = InputColumn.Text("Text", SequenceEncoder.Mean()) with { Tokens = tokens };

        var model = Fit(Regression(text), View(40, text: i => i % 4 == 0 ? "one two three four" : i % 4 == 1 ? "" : "one two three"));

        Assert.AreEqual("33.3 % of the texts of column 'Text' have more than MaxLength = 3 tokens; what comes after these is cut off. If it matters, raise " +
            "MaxLength in TokenIndexingOptions.", model.History.Warnings.Single());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Fit_KeysOfCutTexts_AreToldWithTheirShare(bool streams)
    {
        var options = new TokenIndexingOptions { MaxLength = 2, HashBuckets = 10, NgramLength = 2 };
        var pipeline = _mlContext.Transforms.Text.IndexTokens("Keys", "Text", options).Append(_mlContext.Regression.Trainers.MultiEmbedding(
            Regression(InputColumn.Sequence("Keys", 2, SequenceEncoder.Mean())) with { ShuffleBufferRows = streams ? 15 : null, MaxEpochs = 3 }));

        var warnings = pipeline.Fit(View(40, text: i => i % 2 == 0 ? "one two three" : "one two")).LastTransformer.History.Warnings;

        StringAssert.StartsWith(warnings.Single(), "50 % of the texts of column 'Text' have more than MaxLength = 2 tokens;");
    }

    [TestMethod]
    public void Fit_SourceOfGivenTermsLongerThanMaxLength_IsToldWithItsShare()
    {
        var source = SequenceEstimators.Characters with { MaxLength = 3, HashBuckets = 20 };
        SumRow[] rows = [.. Enumerable.Range(0, 10).Select(i => new SumRow { Sum = i < 2 ? "1+10" : "1+1", Result = "2" })];

        var model = SequenceEstimators.Fit(SequenceEstimators.Tiny with { MaxEpochs = 1, SourceTokens = source }, rows);

        StringAssert.StartsWith(model.History.Warnings.Single(), "20 % of the texts of column 'Sum' have more than MaxLength = 3 characters;");
    }

    [TestMethod]
    public void Fit_FromAnEarlierModel_TellsNothingOfReadingsThatWereChosen()
    {
        var options = new MultiEmbeddingOptions
        {
            LabelColumnName = "Price",
            Columns = [InputColumn.Text("Text")],
            MaxEpochs = 1,
            Effort = TrainingEffort.Quick,
            Wide = false,
            Seed = 1,
        };
        var trainer = _mlContext.Regression.Trainers.MultiEmbedding(options);
        var data = View(40, text: _ => string.Join(' ', Enumerable.Repeat("one two", 400)));
        const string Told = "100 % (40 of 40) of the texts of column 'Text' have more than MaxLength = 300 tokens, the longest 800";

        var model = trainer.Fit(data);

        StringAssert.StartsWith(model.History.Warnings.Single(), Told);
        StringAssert.StartsWith(trainer.Fit(data, model).History.Warnings.Single(), Told);
        StringAssert.StartsWith(_mlContext.Regression.Trainers.MultiEmbedding(model.Settings!).Fit(data).History.Warnings.Single(), Told);
    }

    [TestMethod]
    public void Fit_FromAnEarlierModelWithAnotherEncoderThanItsOwn_IsRefused()
    {
        var options = new MultiEmbeddingOptions { LabelColumnName = "Price", Columns = [InputColumn.Text("Text")], MaxEpochs = 1, Members = 1, Wide = false };
        var model = _mlContext.Regression.Trainers.MultiEmbedding(options).Fit(View(40));
        var other = options with { Columns = [InputColumn.Text("Text", SequenceEncoder.Max())] };

        var error = Assert.ThrowsExactly<ArgumentException>(() => _mlContext.Regression.Trainers.MultiEmbedding(other).Fit(View(40), model));

        StringAssert.Contains(error.Message, "Column 'Text/words' was read in another way: by Encoder = SequenceEncoder.");
        StringAssert.Contains(error.Message, "; the settings and the data ask for Encoder = SequenceEncoder.Max(). Set them as they were, or fit without");
    }

    [TestMethod]
    public void Fit_ValidationOfAnotherVocabularyOfTheSameSize_IsRefused()
    {
        var keys = _mlContext.Transforms.Categorical.IndexCategories("Key", "City");
        var (train, validation) = (keys.Fit(View(30)).Transform(View(30)), keys.Fit(View(30, i => $"city {i % 3}")).Transform(View(30)));

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _mlContext.Regression.Trainers.MultiEmbedding(
            Regression(InputColumn.Category("Key"))).Fit(train, validation));

        StringAssert.StartsWith(error.Message, "The keys of column 'Key' in the validation data are those of another vocabulary than in the training data: " +
            "key 2 is 'city 0' here and 'Bern' there.");
    }

    [TestMethod]
    public void Fit_SharedTableOfTwoVocabulariesOfTheSameSize_IsRefused()
    {
        var steps = _mlContext.Transforms.Categorical.IndexCategories("A", "City").Append(_mlContext.Transforms.Categorical.IndexCategories("B", "Animal"));
        var data = steps.Fit(View(30)).Transform(View(30));

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit(Regression(
            InputColumn.Category("A") with { Table = "Both" }, InputColumn.Category("B") with { Table = "Both" }), data));

        StringAssert.Contains(error.Message,
            "Schema mismatch for key column 'B': expected the 4 keys of 'A', with which it shares the table 'Both', got 4 keys, of which key 2 is");
    }

    [TestMethod]
    public void Fit_FromAnEarlierModelOfOtherTerms_IsRefused()
    {
        var keys = _mlContext.Transforms.Categorical.IndexCategories("Key", "City");
        var first = keys.Fit(View(30));
        var options = Regression(InputColumn.Category("Key"));
        var model = Fit(options, first.Transform(View(30)));
        var trainer = _mlContext.Regression.Trainers.MultiEmbedding(options);

        var grown = keys.Fit(View(30, i => $"city {i % 5}"), first).Transform(View(30));
        var error = Assert.ThrowsExactly<ArgumentException>(() => trainer.Fit(keys.Fit(View(30, i => $"city {i % 5}")).Transform(View(30)), model));

        StringAssert.Contains(error.Message, "The keys of column 'Key' do not begin with the 4 terms that it knows");
        Assert.IsNotNull(trainer.Fit(grown, model));
    }

    [TestMethod]
    public void Fit_ValidationWithoutAColumn_SpeaksOfValidation()
    {
        var validation = _mlContext.Transforms.DropColumns("Size").Fit(View(10)).Transform(View(10));

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _mlContext.Regression.Trainers.MultiEmbedding(
            Regression(InputColumn.Number("Size"))).Fit(View(30), validation));

        StringAssert.StartsWith(error.Message, "The validation data cannot be used. Could not find number column 'Size'.");
    }

    private static MultiEmbeddingOptions Regression(params InputColumn[] columns) =>
        new() { LabelColumnName = "Price", Columns = columns, HiddenUnits = [4], MaxEpochs = 1, Members = 1, Wide = false, Seed = 1 };

    private MultiEmbeddingTransformer Fit(MultiEmbeddingOptions options, IDataView data) => _mlContext.Regression.Trainers.MultiEmbedding(options).Fit(data);

    private MultiEmbeddingTrainer Multiclass(string label) =>
        _mlContext.MulticlassClassification.Trainers.MultiEmbedding(Regression(InputColumn.Number("Size")) with { LabelColumnName = label });

    private IDataView View(int rows, Func<int, string?>? city = null, Func<int, string>? text = null) =>
        _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(i => new Row
        {
            City = city?.Invoke(i) ?? Cities[i % 3],
            Animal = $"animal {i % 3}",
            Text = text?.Invoke(i) ?? "one two three four",
            Size = i % 7,
            Price = i % 5,
        }));

    private sealed class Row
    {
        public string City { get; set; } = "";

        public string Animal { get; set; } = "";

        public string Text { get; set; } = "";

        public float Size { get; set; }

        public float Price { get; set; }
    }
}
