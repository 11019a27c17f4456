using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Steps of training network A with a large vocabulary of bodies, beside the same steps with a smaller one.</summary>
/// <remarks>The reviews of both are the same but for the keys: those of the smaller vocabulary are spread evenly over the larger one.</remarks>
/// <param name="rowCount">Reviews to train on.</param>
/// <param name="termCount">Terms of the smaller vocabulary.</param>
/// <param name="growth">How many times larger the larger one is.</param>
internal sealed class VocabularyTraining(int rowCount, int termCount, int growth) : IMeasurement
{
    private const int BatchSize = 32, FirstTerm = 2;

    public string Name => $"training of network A, {termCount * growth:N0} terms of bodies, batch {BatchSize}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        var reviews = new ReviewGenerator(seed: 1, bodyKeys: termCount + 1).OfRealLengths(rowCount);
        var small = View(context, reviews, termCount + 1);
        var large = View(context, Array.ConvertAll(reviews, Spread), termCount * growth + 1);

        double[] medians = rounds.Medians(() => MillisecondsPerStep(context, large), () => MillisecondsPerStep(context, small));
        string peer = $"the same with {termCount:N0} terms";
        return [new($"{Name}, epochs alone", peer, Unit.MillisecondsPerStep, medians[0], medians[1], Reach.AtMostTimes(1.3))];
    }

    private double MillisecondsPerStep(MLContext context, IDataView view)
    {
        int steps = (rowCount + BatchSize - 1) / BatchSize;
        return FitTime.Of(() => NetworkA.Trainer(context, BatchSize).Fit(view)).Epochs.TotalMilliseconds / steps;
    }

    private ReviewKeys Spread(ReviewKeys review) => new()
    {
        Title = review.Title,
        Body = Array.ConvertAll(review.Body, key => FirstTerm + (key - FirstTerm) * (uint)growth),
        Label = review.Label,
    };

    private static IDataView View(MLContext context, ReviewKeys[] reviews, int bodyKeys)
    {
        var schema = SchemaDefinition.Create(typeof(ReviewKeys));
        schema[nameof(ReviewKeys.Body)].ColumnType = new VectorDataViewType(new KeyDataViewType(typeof(uint), bodyKeys));
        return context.Data.LoadFromEnumerable(reviews, schema);
    }
}
