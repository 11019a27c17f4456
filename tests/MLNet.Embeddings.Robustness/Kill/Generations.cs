using Microsoft.ML;

namespace MLNet.Embeddings.Robustness;

/// <summary>
/// What is killed: a process that makes generations of a model and a vocabulary. Each trains several networks and a wide part with checkpoints, is saved over
/// the one before, and grows the vocabulary. It goes on from what it finds in its folder.
/// </summary>
internal static class Generations
{
    /// <summary>How many there are.</summary>
    internal const int Count = 3;

    private const string Text = "Text", Tokens = "Tokens";
    private const int Rows = 1500;

    internal static int Run(string folder)
    {
        var context = new MLContext(1);
        for (int next = Math.Min(Reached(context, ModelOf(folder)), Reached(context, VocabularyOf(folder))) + 1; next <= Count; next++)
        {
            // A vocabulary may be one ahead of the model.
            if (Reached(context, VocabularyOf(folder)) < next) context.Model.SaveAtomically(Vocabulary(context, folder, next), null, VocabularyOf(folder));
            context.Model.SaveAtomically(Model(context, folder, next), null, ModelOf(folder));
        }
        return 0;
    }

    internal static string ModelOf(string folder) => Path.Combine(folder, "model.zip");

    internal static string VocabularyOf(string folder) => Path.Combine(folder, "vocabulary.zip");

    internal static string CheckpointsOf(string folder) => Path.Combine(folder, "checkpoints");

    /// <summary>The generation of a file; 0 if there is none.</summary>
    /// <exception cref="FormatException">It is not whole.</exception>
    internal static int Reached(MLContext context, string path) => !File.Exists(path) ? 0 : context.Model.Load(path, out _) switch
    {
        MultiEmbeddingTransformer model => model.Settings!.Seed!.Value,
        TokenIndexingTransformer vocabulary => vocabulary.Terms.Count(term => term.StartsWith("generation", StringComparison.Ordinal)),
        var other => throw new FormatException($"{other.GetType()} is none of the models."),
    };

    private static TokenIndexingTransformer Vocabulary(MLContext context, string folder, int generation)
    {
        var estimator = context.Transforms.Text.IndexTokens(Tokens, Text);
        var data = Data(generation);
        return generation == 1 ? estimator.Fit(data) : estimator.Fit(data, (TokenIndexingTransformer)context.Model.Load(VocabularyOf(folder), out _));
    }

    private static MultiEmbeddingTransformer Model(MLContext context, string folder, int generation)
    {
        var trainer = context.BinaryClassification.Trainers.MultiEmbedding(new()
        {
            Columns = [InputColumn.Text(Text, SequenceEncoder.Gru(8))],
            HiddenUnits = [8],
            Members = 3,
            Wide = true,
            MaxEpochs = 6,
            Seed = generation,
            NumberOfThreads = 2,
            Checkpoints = new(CheckpointsOf(folder)) { EveryEpochs = 1, Interval = TimeSpan.FromMilliseconds(20) },
        });
        var earlier = generation == 1 ? null : (MultiEmbeddingTransformer)context.Model.Load(ModelOf(folder), out _);
        return trainer.Fit(Data(generation), null, earlier);
    }

    private static MemoryView Data(int generation)
    {
        var data = new RandomData(new Random(generation), Rows);
        var texts = ((MemoryColumn<ReadOnlyMemory<char>>)data.Texts(Text, 1, 10, 20 * generation)).Values;
        for (int i = 0; i < Rows; i += 10) texts[i] = $"{texts[i]} generation{generation}".AsMemory();
        return new(MemoryColumn.Of(Text, Microsoft.ML.Data.TextDataViewType.Instance, texts), data.Booleans("Label"));
    }
}
