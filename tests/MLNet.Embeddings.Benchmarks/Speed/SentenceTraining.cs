using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Training of network C on pairs of sentences, beside TorchSharp.</summary>
internal sealed class SentenceTraining(int rowCount, int batchSize, bool attention) : IMeasurement
{
    public string Name => $"training of network C{(attention ? " with attention" : "")}, batch {batchSize:N0}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        var pairs = SentencePair.Generate(rowCount);
        var view = context.Data.LoadFromEnumerable(pairs);

        return FitComparison.Of(Name, rowCount, rounds,
            () => FitTime.Of(() => NetworkC.Estimator(context, batchSize, attention).Fit(view).History),
            new FitPeer("TorchSharp, padded to the longest in the batch", () => TorchSentenceNetwork.Fit(pairs, batchSize, attention), Reach.TimesBetter(6)));
    }
}
