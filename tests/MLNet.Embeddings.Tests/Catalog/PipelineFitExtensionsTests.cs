using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.Embeddings.Tests;

/// <summary>Whole pipelines that go on from earlier models, and what is found and changed in them.</summary>
[TestClass]
public sealed class PipelineFitExtensionsTests
{
    /// <summary>Steps so small that no weight moves by more than a rounding.</summary>
    private const double NoStep = 1e-30;

    private static readonly Sentence[] Monday = Sentence.Of(("good fine", "yes"), ("bad poor", "no")),
        Tuesday = Sentence.Of(("superb", "yes"), ("bad awful", "no"), ("fine superb", "yes"));

    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Fit_EarlierModel_GrowsVocabulariesAndKeepsScoresAndKeys(bool load)
    {
        var (monday, tuesday) = (View(Monday), View(Tuesday));
        TransformerChain<MultiEmbeddingTransformer> first = Pipeline(0.02).Fit(monday);
        ITransformer earlier = load ? EstimatorWorkout.SaveAndLoad(first, monday.Schema) : first;

        TransformerChain<MultiEmbeddingTransformer> later = Pipeline(NoStep).Fit(tuesday, earlier);

        CollectionAssert.AreEqual(Scores(first, monday), Scores(later, monday));
        Assert.AreEqual("[UNK] bad fine good poor superb awful", string.Join(' ', later.FindStep<TokenIndexingTransformer>().Terms));
        Assert.AreEqual("[UNK] bad fine good poor", string.Join(' ', first.FindStep<TokenIndexingTransformer>().Terms));
        Assert.AreSame(((IEnumerable<ITransformer>)earlier).First(), ((IEnumerable<ITransformer>)later).First(), "a step of ML.NET is kept");
        Assert.HasCount(1, later.History().Epochs);
        Assert.AreSame(later.LastTransformer, later.FindStep<MultiEmbeddingTransformer>());
    }

    [TestMethod]
    public void Fit_AStepThatIsAChainInFiles_IsKept()
    {
        var pipeline = _mlContext.Transforms.Categorical.OneHotEncoding("Vector", "Text").Append(Labels()).Append(Tokens()).Append(Trainer(NoStep));
        var first = EstimatorWorkout.SaveAndLoad(pipeline.Fit(View(Monday)), View(Monday).Schema);

        var later = pipeline.Fit(View(Tuesday), first);

        Assert.AreSame(((IEnumerable<ITransformer>)first).First(), later.First());
    }

    [TestMethod]
    public void Fit_NestedChainsAndACache_GoesOnStepByStep()
    {
        var pipeline = Labels().Append(new EstimatorChain<ITransformer>().Append(Tokens())
            .AppendCacheCheckpoint(_mlContext).Append(Trainer(NoStep))).Append(_mlContext.Transforms.CopyColumns("Copy", "Score"));
        var first = pipeline.Fit(View(Monday));

        var later = pipeline.Fit(View(Tuesday), first.ForScoring());

        Assert.AreEqual(first.GetType(), later.GetType());
        CollectionAssert.AreEqual(Scores(first, View(Monday)), Scores(later, View(Monday)));
        Assert.HasCount(7, later.FindStep<TokenIndexingTransformer>().Terms);
    }

    [TestMethod]
    public void Fit_OneStepAlone_GoesOnFromAnyModelOfIt()
    {
        var rows = TrainingRow.View(TrainingRow.Learnable(60, seed: 1));
        ITransformer first = Trainers.Of(Trainers.Options with { MaxEpochs = 1 }).Fit(rows);

        var options = Trainers.Options with { MaxEpochs = 1, LearningRate = NoStep, Regularization = new() { AveragingDecay = 0 } };
        MultiEmbeddingTransformer later = Trainers.Of(options).Fit(rows, first);

        Trainers.AssertSameWeights(first, later);
    }

    [TestMethod]
    public void Fit_OtherSteps_NamesBoth()
    {
        var data = View(Monday);
        var model = Pipeline(NoStep).Fit(data);

        Refused(Labels().Append(Tokens()), "The pipeline has 2 steps (ValueToKeyMappingEstimator, TokenIndexingEstimator), and the earlier model has 3 " +
            "(ValueToKeyMappingTransformer, TokenIndexingTransformer, MultiEmbeddingTransformer).");
        Refused(Tokens().Append(Labels()).Append(Trainer(NoStep)), "The pipeline has a TokenIndexingEstimator where the earlier model has a " +
            "ValueToKeyMappingTransformer.");
        Refused(_mlContext.Transforms.CopyColumns("Copy", "Text").Append(Tokens()).Append(Trainer(NoStep)),
            "The pipeline has a ColumnCopyingEstimator where the earlier model has a ValueToKeyMappingTransformer.");
        var chained = new TransformerChain<ITransformer>([new TransformerChain<ITransformer>(model.First()), .. model.Skip(1)]);
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() =>
                _mlContext.Transforms.CopyColumns("Copy", "Text").Append(Tokens()).Append(Trainer(NoStep)).Fit(data, chained)).Message,
            "The pipeline has a ColumnCopyingEstimator where the earlier model has a TransformerChain.");
        Refused(Labels().Append(Tokens(new() { NgramHashBuckets = 10, NgramLength = 2 })).Append(Trainer(NoStep)), "The earlier step cannot be used:");

        void Refused<T>(IEstimator<T> pipeline, string message) where T : class, ITransformer =>
            StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => pipeline.Fit(data, model)).Message, message);
    }

    [TestMethod]
    public void Fit_NothingThatGoesOn_Throws()
    {
        var data = View(Monday);
        var sums = SumRow.View(SumRow.All(4, seed: 1));
        var decoder = SequenceEstimators.Of(SequenceEstimators.Tiny with { MaxEpochs = 1 });

        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentException>(() => Labels().Fit(data, Labels().Fit(data))).Message,
            "The earlier model has no step of MLNet.Embeddings, so nothing of it could go on learning. Its steps are: ValueToKeyMappingTransformer.");
        StringAssert.StartsWith(
            Assert.ThrowsExactly<NotSupportedException>(() => ((IEstimator<ITransformer>)decoder).Fit(sums, decoder.Fit(sums))).Message,
            "A SequenceToSequence step cannot go on from an earlier model");
    }

    [TestMethod]
    public void HistoryAndWith_LoadedNestedChain_FindAndChangeTheEncoderDecoder()
    {
        var sums = SumRow.View(SumRow.All(4, seed: 1));
        var decoder = SequenceEstimators.Of(SequenceEstimators.Tiny with { MaxEpochs = 1 });
        var model = _mlContext.Transforms.CopyColumns("Copy", "Sum")
            .Append(_mlContext.Transforms.CopyColumns("Other", "Sum").Append(decoder)).Append(_mlContext.Transforms.CopyColumns("Last", "Answer")).Fit(sums);
        var loaded = EstimatorWorkout.SaveAndLoad(model, sums.Schema);

        var changed = loaded.With(new DecodingOptions { BeamWidth = 3, Alternatives = 2 });
        TransformerChain<ColumnCopyingTransformer> typed = model.With(new DecodingOptions { BeamWidth = 3 });

        Assert.HasCount(1, loaded.History().Epochs);
        Assert.AreEqual(3, changed.FindStep<SequenceToSequenceTransformer>().Decoding.BeamWidth);
        Assert.AreEqual(1, loaded.FindStep<SequenceToSequenceTransformer>().Decoding.BeamWidth);
        Assert.IsNotNull(changed.Transform(sums).Schema.GetColumnOrNull("Answer.Alternatives"));
        Assert.AreEqual(3, typed.FindStep<SequenceToSequenceTransformer>().Decoding.BeamWidth);
        var scoped = new TransformerChain<ITransformer>().Append(model.First(), TransformerScope.Training).Append((ITransformer)model);
        Assert.HasCount(1, scoped.With(new DecodingOptions { BeamWidth = 3 }).GetModelFor(TransformerScope.Scoring).ToArray(), "the scopes are kept");
        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentException>(() => Networks.Transformer(Networks.OfEveryKind()).With(new DecodingOptions())).Message,
            "The model has no step of type SequenceToSequenceTransformer.");
    }

    [TestMethod]
    public void History_NoStepOfOurs_NamesTheStepsThatAre() => StringAssert.StartsWith(
        Assert.ThrowsExactly<ArgumentException>(() => Labels().Fit(View(Monday)).History()).Message,
        "The model has no step that was trained by MultiEmbedding or SequenceToSequence, and a history is that of one. Its steps are: " +
        "ValueToKeyMappingTransformer.");

    private static float[][] Scores(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float[]>("Score")];

    private IDataView View(Sentence[] sentences) => _mlContext.Data.LoadFromEnumerable(sentences);

    private IEstimator<ITransformer> Labels() => _mlContext.Transforms.Conversion.MapValueToKey("Label");

    private TokenIndexingEstimator Tokens(TokenIndexingOptions? options = null) => _mlContext.Transforms.Text.IndexTokens("Tokens", "Text", options);

    private MultiEmbeddingTrainer Trainer(double learningRate) => _mlContext.MulticlassClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
    {
        Columns = [InputColumn.Sequence("Tokens", 4, SequenceEncoder.Mean())],
        HiddenUnits = [4],
        LearningRate = learningRate,
        MaxEpochs = 1,
        ValidationFraction = 0,
        Seed = 1,
        Regularization = new() { Dropout = 0, AveragingDecay = 0 },
    });

    private EstimatorChain<MultiEmbeddingTransformer> Pipeline(double learningRate) => Labels().Append(Tokens()).Append(Trainer(learningRate));

    private sealed class Sentence
    {
        public string Text { get; set; } = "";
        public string Label { get; set; } = "";

        internal static Sentence[] Of(params (string Text, string Label)[] kinds) =>
            [.. Enumerable.Repeat(kinds, 30).SelectMany(all => all).Select(kind => new Sentence { Text = kind.Text, Label = kind.Label })];
    }
}
