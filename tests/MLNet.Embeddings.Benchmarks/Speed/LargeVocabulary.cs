using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Making a prediction engine and asking for the schema of a model with a large vocabulary, beside the same with a small one.</summary>
/// <remarks>Services do both for each of their threads or requests, so that neither may cost more with more terms.</remarks>
/// <param name="termCount">Terms of the large vocabulary.</param>
internal sealed class LargeVocabulary(int termCount) : IMeasurement
{
    private const int Dimensions = 4, SmallCount = 1_000;
    private const double MostMilliseconds = 3, MostKilobytes = 50;

    private readonly MLContext _context = new(1);

    public string Name => $"engine creation and schema, {termCount:N0} terms";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        ITransformer large = Model(termCount), small = Model(SmallCount);
        return
        [
            .. Compare(rounds, "GetOutputSchema", large, small, (model, schema) => model.GetOutputSchema(schema)),
            .. Compare(rounds, "CreatePredictionEngine", large, small,
                (model, schema) => _context.Model.CreatePredictionEngine<Review, Prediction>(model, schema).Dispose()),
        ];
    }

    private IDataView Reviews() => _context.Data.LoadFromEnumerable<Review>([]);

    private TransformerChain<ITransformer> Model(int terms)
    {
        const string Keys = "Keys";
        var options = new TokenIndexingOptions { Vocabulary = [.. Enumerable.Range(0, terms).Select(term => $"w{term}")] };
        var indexing = _context.Transforms.Text.IndexTokens(Keys, nameof(Review.Body), options).Fit(Reviews());
        var column = new SequenceShape(Keys, indexing.Terms.Count, Dimensions, SequenceEncoder.Mean());
        var network = new NetworkShape([column], new HeadShape([]), Labels: [new BinaryLabelShape(nameof(Review.Label))]);
        return new(indexing, RandomNetwork.Transformer(RandomNetwork.Of(network)));
    }

    private Comparison[] Compare(AlternatingRounds rounds, string call, ITransformer large, ITransformer small, Action<ITransformer, DataViewSchema> act)
    {
        string measure = $"{call}, {termCount:N0} terms", peer = $"the same with {SmallCount:N0} terms";
        // In turn, since a model remembers what it made of the latest schema.
        DataViewSchema[] schemas = [Reviews().Schema, Reviews().Schema];
        int turn = 0;
        Action ours = () => act(large, schemas[turn ^= 1]), theirs = () => act(small, schemas[turn ^= 1]);
        double[] times = rounds.Medians(() => 1e3 * rounds.SecondsPerCall(ours), () => 1e3 * rounds.SecondsPerCall(theirs));
        return
        [
            new($"{measure}, time", peer, Unit.Milliseconds, times[0], times[1], Reach.AtMost(MostMilliseconds, Unit.Milliseconds)),
            new($"{measure}, allocated", peer, Unit.Kilobytes, Kilobytes(ours), Kilobytes(theirs), Reach.AtMost(MostKilobytes, Unit.Kilobytes)),
        ];
    }

    /// <summary>What the second of two calls allocates.</summary>
    private static double Kilobytes(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1e3;
    }
}
