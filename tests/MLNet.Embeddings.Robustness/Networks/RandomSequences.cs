using Microsoft.ML;

namespace MLNet.Embeddings.Robustness;

/// <summary>A random encoder-decoder over pairs of texts.</summary>
internal sealed record RandomSequences(MemoryView Training, MemoryView? Validation, SequenceToSequenceOptions Options)
    : RandomCase(Training, Validation, Options)
{
    private const string Source = "Source", Target = "Target";

    internal static RandomSequences Of(Random random)
    {
        int rows = random.Next(30, 60);
        MemoryView View(int count) => new(
            new RandomData(random, count).Texts(Source, fewest: 1, longest: 6, vocabulary: 15), new RandomData(random, count).Texts(Target, 1, 5, 10));
        var options = new SequenceToSequenceOptions
        {
            Attention = random.Chance(0.6),
            Bidirectional = random.Chance(0.5),
            Decoding = new() { BeamWidth = random.Of<int?>(null, 1, 3), MaxLength = random.Of<int?>(null, 6) },
            FinalTeacherForcing = random.Of(1, 0.5),
            LabelSmoothing = random.Of<double?>(null, 0.1),
            Layers = random.Next(1, 3),
            SourceDimensions = random.Next(1, 6),
            TargetDimensions = random.Next(1, 6),
            TieTargetEmbedding = random.Of<bool?>(null, true, false),
            Units = random.Next(2, 7),
        };
        return new(View(rows), random.Chance(0.5) ? View(20) : null, RandomSettings.Of(random, options, rows));
    }

    internal override ITransformer Fit(MLContext context, TrainingOptions settings, IDataView training) => context.Transforms.Text
        .SequenceToSequence("Output", Source, Target, (SequenceToSequenceOptions)settings).Fit(training, Validation);

    internal override TrainingHistory HistoryOf(ITransformer model) => ((SequenceToSequenceTransformer)model).History;
}
