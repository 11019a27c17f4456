using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Steps of training network A with another encoder, beside the same with its GRUs.</summary>
/// <param name="name">Name of the encoder.</param>
/// <param name="rowCount">Reviews to train on.</param>
/// <param name="encoder">Makes the encoder of a number of units.</param>
internal sealed class EncoderTraining(string name, int rowCount, Func<int, SequenceEncoder> encoder) : IMeasurement
{
    private const int BatchSize = 32;

    public string Name => $"training of network A with {name}, batch {BatchSize}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        var view = context.Data.LoadFromEnumerable(new ReviewGenerator(seed: 1).OfRealLengths(rowCount));
        double[] medians = rounds.Medians(
            () => MillisecondsPerStep(context, view, encoder),
            () => MillisecondsPerStep(context, view, units => SequenceEncoder.Gru(units)));
        return [new($"{Name}, epochs alone", "the same with GRUs", Unit.MillisecondsPerStep, medians[0], medians[1])];
    }

    private double MillisecondsPerStep(MLContext context, IDataView view, Func<int, SequenceEncoder> encoder)
    {
        int steps = (rowCount + BatchSize - 1) / BatchSize;
        return FitTime.Of(() => NetworkA.Trainer(context, PlainOptions.OneEpoch(BatchSize), encoder).Fit(view)).Epochs.TotalMilliseconds / steps;
    }
}
