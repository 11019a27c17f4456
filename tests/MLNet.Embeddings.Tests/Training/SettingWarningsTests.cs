using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings.Tests;

/// <summary>Settings that are not honoured beside others are told of once, in the log and in the history; defaults never.</summary>
[TestClass]
public sealed class SettingWarningsTests
{
    private static readonly MultiEmbeddingOptions Numbers = new()
    {
        Columns = [InputColumn.Number("Area")],
        HiddenUnits = [2],
        MaxEpochs = 1,
        NumberOfThreads = 1,
        Seed = 1,
    };

    private static readonly TextColumn Title = InputColumn.Text("Title", SequenceEncoder.Mean()) with { Dimensions = 2 };

    public static IEnumerable<(MultiEmbeddingOptions, string)> WithoutEffect() =>
    [
        (Numbers with { Patience = 2, ValidationFraction = 0 }, "Patience = 2 has no effect, because no row is validated on"),
        (Numbers with { MinDelta = 0.5, ValidationFraction = 0 }, "MinDelta = 0.5 has no effect, because no row is validated on"),
        (Numbers with { Schedule = LearningRateSchedule.ReduceOnPlateau(), ValidationFraction = 0 },
            "Schedule = ReduceOnPlateau has no effect, because no row is validated on"),
        (Numbers with { Schedule = LearningRateSchedule.ReduceOnPlateau(patience: 5) },
            "Schedule = ReduceOnPlateau has no effect: it waits for 5 epochs without a better loss, after Patience = 5 of which training ends."),
        (Numbers with { Members = 2, ValidationFraction = 0.3 }, "ValidationFraction = 0.3 has no effect: of 2 networks each holds out an equal part"),
        (Numbers with { Regularization = new() { UnknownDropout = 0.2 } }, "UnknownDropout = 0.2 has no effect: no column has a key for unknown values"),
        (Numbers with { Effort = TrainingEffort.Thorough }, "Effort = Thorough has no effect, because the network is described"),
        (Numbers with { ShuffleBufferRows = 10, ValidationFraction = 0, Effort = TrainingEffort.Quick },
            "Effort = Quick has no effect, because the network is described"),
        (Numbers with { LabelColumnName = "Liked", Labels = [LabelColumn.Binary("Label")] }, "LabelColumnName = 'Liked' has no effect, because Labels is set"),
        (Numbers with { HiddenUnits = [], Activation = ActivationFunction.Tanh }, "Activation = Tanh has no effect: HiddenUnits names no layer"),
        (Numbers with { HiddenUnits = [], Normalization = Normalization.Layer }, "Normalization = Layer has no effect: HiddenUnits names no layer"),
        (Numbers with { HiddenUnits = [], Regularization = new() { Dropout = 0.2 } },
            "Dropout = 0.2 has no effect: there is no hidden layer, text or sequence"),
        (Numbers with { Combination = ColumnCombination.Add }, "Combination = Add has no effect: the network reads one column"),
        (Numbers with { DenseTableUpdates = true }, "DenseTableUpdates has no effect: no table is trained"),
        (Numbers with { Columns = [InputColumn.Category("City") with { Table = "Cities" }] }, "Table = 'Cities' of column 'City' has no effect"),
        (Numbers with { Columns = [Title with { Encoder = SequenceEncoder.Gru(units: 2, dropout: 0.5) }] }, "The dropout of the encoder of column 'Title'"),
        (Numbers with { Columns = [Title with { Tokens = new() { FixedLength = true } }] }, "FixedLength of the tokens of column 'Title' has no effect"),
        (Numbers with { Columns = [Title with { Tokens = new() { HashBuckets = 9, MaxTerms = 7 } }] },
            "MaxTerms = 7 has no effect, because HashBuckets is set, by which no term is unknown"),
        (Numbers with { Columns = [Title with { Tokens = new() { Vocabulary = ["fine"], MinCount = 3 } }] },
            "MinCount = 3 has no effect, because Vocabulary is given"),
        (Numbers with { Labels = [LabelColumn.Binary("Label") with { Weight = 2 }] }, "Weight = 2 of label 'Label' has no effect: there is no other label"),
    ];

    [TestMethod]
    [DynamicData(nameof(WithoutEffect))]
    public void Fit_SettingThatIsNotHonoured_IsToldInLogAndHistory(MultiEmbeddingOptions options, string start)
    {
        var (context, warnings) = Context();

        var model = context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(RawRow.View(RawRow.Random(40, seed: 1)));

        StringAssert.StartsWith(model.History.Warnings.Single(), start);
        Assert.AreEqual(model.History.Warnings[0], warnings.Single());
    }

    [TestMethod]
    [DataRow(null, true)]
    [DataRow(true, true)]
    [DataRow(false, false)]
    public void OfModel_LowerCaseFallbackOfASharedTable_IsToldByTheTokensOfItsColumns(bool? standardize, bool isTold)
    {
        var vectors = PretrainedVectors.FromTextFile("words.txt") with { LowerCaseFallback = true };
        var options = Numbers with
        {
            Columns =
            [
                Title with { Table = "words", Vectors = vectors },
                InputColumn.Text("Body") with { Table = "words", Tokens = new() { Standardize = standardize } },
            ],
        };

        var warnings = new SettingWarnings(options, hasValidationData: false, gpu: null)
            .OfModel(options, options.Columns, RawRow.View(RawRow.Random(1, seed: 1)).Schema, goesOn: false);

        Assert.AreEqual(isTold, warnings.Any(warning => warning.StartsWith("LowerCaseFallback of the vectors of column 'Title'", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Fit_SettingsThatAreHonoured_WarnsOfNothing()
    {
        var rows = RawRow.View(RawRow.Random(40, seed: 1));
        MultiEmbeddingOptions[] all =
        [
            Numbers,
            Numbers with { Schedule = LearningRateSchedule.ReduceOnPlateau(patience: 4), MinDelta = 0.1, ValidationFraction = 0.3, Patience = 9 },
            Numbers with { Members = 2, ValidationFraction = 0 },
            Numbers with { Columns = [Title], DenseTableUpdates = true, Regularization = new() { UnknownDropout = 0.2, Dropout = 0.2 }, HiddenUnits = [] },
            Numbers with { Columns = [InputColumn.Category("City"), InputColumn.Number("Area")], Combination = ColumnCombination.Multiply },
            RawRow.Options,
        ];

        foreach (var options in all) Assert.IsEmpty(RawRow.Trainer(options).Fit(rows).History.Warnings);
    }

    [TestMethod]
    public void Fit_ValidationDataBesideAFraction_SaysSo()
    {
        var rows = RawRow.View(RawRow.Random(40, seed: 1));

        StringAssert.StartsWith(RawRow.Trainer(Numbers with { ValidationFraction = 0.2 }).Fit(rows, rows).History.Warnings.Single(),
            "ValidationFraction = 0.2 has no effect, because Fit is given validation data");
        Assert.IsEmpty(RawRow.Trainer(Numbers with { ValidationFraction = 0 }).Fit(rows, rows).History.Warnings);
    }

    [TestMethod]
    public void Fit_KernelsWhereTheContextNamesAGpu_SaysSo()
    {
        var context = new MLContext(1) { GpuDeviceId = 0 };

        var model = context.BinaryClassification.Trainers.MultiEmbedding(Numbers with { Backend = TrainingBackend.Kernels, Members = 2 })
            .Fit(RawRow.View(RawRow.Random(40, seed: 1)));

        StringAssert.StartsWith(model.History.Warnings.Single(), "Backend is Kernels, so that training uses the CPU, though the MLContext asks for GPU 0.");
    }

    [TestMethod]
    public void Fit_LossParameterOfAnotherLoss_SaysSo()
    {
        var options = Numbers with { Labels = [LabelColumn.Regression("Size") with { HuberDelta = 2 }] };

        var model = new MLContext(1).Regression.Trainers.MultiEmbedding(options).Fit(RawRow.View(RawRow.Random(40, seed: 1)));

        StringAssert.StartsWith(model.History.Warnings.Single(), "HuberDelta = 2 of label 'Size' has no effect, because its Loss is Squared");
    }

    [TestMethod]
    public void Candidates_WhatIsSet_IsNotSearchedFor()
    {
        var given = new MultiEmbeddingOptions { LearningRate = 0.01, Regularization = new() { Dropout = 0.2 }, Effort = TrainingEffort.Thorough };
        var choices = new Choices(given, ViewFacts.None);

        foreach (var candidate in choices.Candidates(choices.Options))
        {
            Assert.AreEqual(0.01, candidate.LearningRate);
            Assert.AreEqual(0.2, candidate.Regularization.Dropout);
        }
        Assert.HasCount(6, new Choices(new() { Effort = TrainingEffort.Thorough }, ViewFacts.None).Candidates(choices.Options));
    }

    [TestMethod]
    public void Fit_EncoderDecoder_TellsOfItsSettings()
    {
        var options = SequenceEstimators.Tiny with
        {
            MaxEpochs = 1,
            Patience = 2,
            ValidationFraction = 0,
            Decoding = new() { BeamWidth = 1, LengthPenalty = 0.5 },
            SourceTokens = SequenceEstimators.Characters with { FixedLength = true },
        };

        string[] warnings = [.. SequenceEstimators.Fit(options, SumRow.All(6, seed: 1)).History.Warnings];

        Assert.HasCount(3, warnings);
        StringAssert.StartsWith(warnings[0], "Patience = 2 has no effect");
        StringAssert.StartsWith(warnings[1], "FixedLength of SourceTokens has no effect");
        StringAssert.StartsWith(warnings[2], "LengthPenalty = 0.5 has no effect, because BeamWidth = 1 compares no outputs");
    }

    [TestMethod]
    public void Fit_EncoderDecoderOverKeys_TellsOfTokensThatAreNotCut()
    {
        var context = new MLContext(1);
        var rows = SumRow.View(SumRow.All(6, seed: 1));
        var keys = context.Transforms.Text.IndexTokens("Keys", nameof(SumRow.Sum), SequenceEstimators.Characters).Fit(rows).Transform(rows);

        var options = SequenceEstimators.Tiny with { MaxEpochs = 1 };
        var model = context.Transforms.Text.SequenceToSequence("Answer", "Keys", nameof(SumRow.Result), options).Fit(keys);

        StringAssert.StartsWith(model.History.Warnings.Single(), "SourceTokens has no effect, because the column 'Keys' holds keys");
    }

    [TestMethod]
    public void Fit_IndexingStep_TellsOfSettingsWithoutEffect()
    {
        var (context, warnings) = Context();
        var view = TextRow.View("a b");

        context.Transforms.Text.IndexTokens("Keys", "Text", new() { HashBuckets = 5, MinCount = 2 }).Fit(view);
        context.Transforms.Categorical.IndexCategories("Keys", "Text", new() { HashBuckets = 5, UnknownTerm = "?", MaxTerms = 3 }).Fit(view);
        context.Transforms.Categorical.IndexCategories("Keys", "Text", new() { Vocabulary = ["a"], MinCount = 2, UnknownTerm = "?" }).Fit(view);
        context.Transforms.Categorical.IndexCategories("Keys", "Text", new() { MinCount = 2, MaxTerms = 3 }).Fit(view);

        string[] settings = [.. warnings.Select(warning => warning.Split(" has no effect, because ")[0])];
        CollectionAssert.AreEqual(new[] { "MinCount = 2", "MaxTerms = 3", "UnknownTerm = ?", "MinCount = 2" }, settings);
    }

    private static (MLContext Context, List<string> Warnings) Context()
    {
        var context = new MLContext(1);
        List<string> warnings = [];
        context.Log += (_, log) =>
        {
            if (log.Kind == ChannelMessageKind.Warning) warnings.Add(log.RawMessage);
        };
        return (context, warnings);
    }
}
