using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>What is chosen for those who leave settings out, and how it can be used again.</summary>
[TestClass]
public sealed class SettingsTests
{
    /// <summary>Few rows and epochs; all that is left out is chosen.</summary>
    private static MultiEmbeddingOptions Open { get; } = new()
    {
        Columns = [InputColumn.Text("Text"), InputColumn.Category("City"), InputColumn.Number("Size")],
        MaxEpochs = 2,
        Members = 2,
        NumberOfThreads = 2,
        Seed = 1,
    };

    [TestMethod]
    public void Settings_GivenToAnotherTrainer_GiveTheSameModel()
    {
        var context = new MLContext(1);
        var model = context.BinaryClassification.Trainers.MultiEmbedding(Open).Fit(View());
        var settings = model.Settings!;

        var again = context.BinaryClassification.Trainers.MultiEmbedding(settings with { NumberOfThreads = 1 }).Fit(View());

        Assert.IsTrue(settings.DescribesNetwork);
        Trainers.AssertSameWeights(model, again);
        CollectionAssert.AreEqual(Networks.Scores(model.Transform(View())), Networks.Scores(again.Transform(View())));
    }

    [TestMethod]
    public void Settings_LoadedModel_AreThoseOfTheFit()
    {
        var context = new MLContext(1);
        var model = context.BinaryClassification.Trainers.MultiEmbedding(Open).Fit(View());
        using var file = new MemoryStream();
        context.Model.Save(model, null, file);

        var loaded = (MultiEmbeddingTransformer)context.Model.Load(file, out _);

        var settings = loaded.Settings!;
        Assert.AreEqual(model.History.Settings, loaded.History.Settings);
        Assert.AreEqual(2, settings.Members);
        Assert.IsTrue(settings.Wide);
        var text = (TextColumn)settings.Columns[0];
        Assert.HasCount(2, text.Readings!, "pairs of words and runs of characters of a short text");
        Assert.AreEqual(SequenceEncoder.Gru(32, bidirectional: true, readout: GruReadout.Max), text.Encoder);
    }

    [TestMethod]
    public void Read_SettingsThatWereWritten_AreEqualToThem()
    {
        var settings = new MultiEmbeddingOptions
        {
            Columns = Open.Columns,
            HiddenUnits = [4],
            Combination = ColumnCombination.Add,
            Activation = ActivationFunction.Silu,
            Normalization = Normalization.Layer,
            EnsembleSize = 2,
            LearningRate = 0.01,
            Schedule = LearningRateSchedule.OneCycle(),
            ValidationFraction = 0.2,
            Regularization = new() { Dropout = 0.2 },
        };

        var read = SettingsText.Read(SettingsText.Write(settings));
        Assert.AreEqual(settings, SettingsText.ReadGiven(SettingsText.WriteGiven(settings)));

        Assert.IsTrue(read.AreOfModel);
        Assert.AreEqual(settings, read);
        Assert.AreEqual(settings.GetHashCode(), read.GetHashCode());
        Assert.AreNotEqual(settings, settings with { ValidationFraction = 0.1 });
        Assert.AreNotEqual(new MultiEmbeddingOptions(), new MultiEmbeddingOptions { EnsembleSize = 1 }, "Left out is not the same as set to the default.");
    }

    [TestMethod]
    public void Settings_WhatIsSet_IsObeyed()
    {
        var given = Open with
        {
            LearningRate = 0.01,
            BatchSize = 7,
            Patience = 1,
            Wide = false,
            Members = 1,
            Columns = [InputColumn.Text("Text", SequenceEncoder.Mean()), InputColumn.Number("Size")],
        };

        var settings = new MLContext(1).BinaryClassification.Trainers.MultiEmbedding(given).Fit(View()).Settings!;

        Assert.AreEqual((0.01, 7, 1, 2, false, 1),
            (settings.LearningRate, settings.BatchSize, settings.Patience, settings.MaxEpochs, settings.Wide, settings.Members));
        Assert.AreEqual(SequenceEncoder.Mean(), ((TextColumn)settings.Columns[0]).Encoder);
        CollectionAssert.AreEqual(new[] { 128 }, settings.HiddenUnits.ToArray());
    }

    [TestMethod]
    public void Settings_DescribedNetwork_IsOneWithFixedDefaults()
    {
        var given = new MultiEmbeddingOptions { Columns = Open.Columns, HiddenUnits = [5], MaxEpochs = 1, Seed = 1 };

        var model = new MLContext(1).BinaryClassification.Trainers.MultiEmbedding(given).Fit(View());

        var settings = model.Settings!;
        Assert.AreEqual((1, false, 0.001), (settings.Members, settings.Wide, settings.LearningRate));
        Assert.IsNull(model.Model.Wide);
        Assert.HasCount(1, model.Model.Networks);
    }

    [TestMethod]
    public void Settings_LabelsWithWeights_SurviveTheText()
    {
        var label = LabelColumn.Binary("Label") with { ClassWeights = ClassWeights.Of(new Dictionary<string, double> { ["True"] = 3 }), LabelSmoothing = 0.1 };

        var settings = new MLContext(1).BinaryClassification.Trainers.MultiEmbedding(Open with { Labels = [label] }).Fit(View()).Settings!;

        var read = (BinaryLabel)settings.Labels.Single();
        Assert.AreEqual((0.1, 3.0), (read.LabelSmoothing, read.ClassWeights!.Given!["True"]));
    }

    [TestMethod]
    public void Fit_Thorough_TriesSettingsAndSaysWhichItChose()
    {
        var context = new MLContext(1);
        List<string> messages = [];
        context.Log += (_, e) => messages.Add(e.Message);
        var reports = new Reports();
        var options = Open with { Effort = TrainingEffort.Thorough, MaxEpochs = 4, Progress = reports };

        var model = context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(View());

        Assert.Contains(message => message.Contains("The search chose hidden units"), messages);
        // Six settings for an epoch, the better three for two, the better two for four: then the networks of the model.
        CollectionAssert.AreEqual(
            new[] { (TrainingPhase.Search, 6, 1), (TrainingPhase.Search, 3, 2), (TrainingPhase.Search, 2, 4), (TrainingPhase.Training, 2, 4) },
            reports.All.Where(one => one.Epoch > 0).Select(one => (one.Phase, one.Networks, one.MaxEpochs)).Distinct().ToArray());
        Assert.AreEqual(TimeSpan.Zero, reports.All[^1].Remaining);
        Assert.HasCount(2, model.Model.Networks);
    }

    private static IDataView View() => new MLContext(1).Data.LoadFromEnumerable(Enumerable.Range(0, 80).Select(i => new Row
    {
        Label = i % 2 == 0,
        Text = i % 2 == 0 ? $"a fine warm day number {i}" : $"rain again and wind {i}",
        City = i % 3 == 0 ? "Oslo" : "Rome",
        Size = i % 7,
    }));

    private sealed class Reports : IProgress<TrainingProgress>
    {
        internal List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value) => All.Add(value);
    }

    private sealed class Row
    {
        public bool Label { get; set; }
        public string Text { get; set; } = "";
        public string City { get; set; } = "";
        public float Size { get; set; }
    }

    [TestMethod]
    public void GivenSettings_AreChosenByTheData_WhereTheyAreRead()
    {
        var settings = new MultiEmbeddingOptions { Labels = [LabelColumn.Binary("Kept")], Columns = [InputColumn.Text("Note")], LearningRate = 0.01 };

        var read = SettingsText.ReadGiven(SettingsText.WriteGiven(settings));

        Assert.AreEqual(settings, read);
        Assert.IsTrue(read.ChoosesByData && read.SetsLearningRate && !read.SetsRegularization && !read.AreOfModel);
    }
}
