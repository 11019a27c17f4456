using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Scoring of rows of keys, one by one and in batches, beside TorchSharp on the same weights.</summary>
/// <param name="what">The network and its rows.</param>
/// <param name="network">The network.</param>
/// <param name="createPeer">The peer for that network.</param>
/// <param name="rows">The rows.</param>
/// <param name="singleCount">How many of them to score one by one.</param>
internal sealed class Scoring<TRow>(
    string what, TrainedNetwork network, Func<TrainedNetwork, torch.nn.Module<TRow[], torch.Tensor>> createPeer, TRow[] rows, int singleCount)
    : IMeasurement where TRow : class
{
    private const int PeerBatchSize = 256;

    public string Name => $"scoring of {what}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        var transformer = RandomNetwork.Transformer(network);
        var view = context.Data.Cache(context.Data.LoadFromEnumerable(rows));
        using var engine = context.Model.CreatePredictionEngine<TRow, Prediction>(transformer, view.Schema);
        using var peer = createPeer(network);
        peer.eval();

        TRow[][] single = [.. rows.Take(singleCount).Select(row => new[] { row })];
        TRow[][] batches = [.. rows.Chunk(PeerBatchSize)];
        float[] PredictOneByOne() => Array.ConvertAll(single, row => engine.Predict(row[0]).Probability);
        float[] Transform() => [.. transformer.Transform(view).GetColumn<float>(nameof(Prediction.Probability))];
        float[] PeerScores(TRow[][] parts) => [.. parts.SelectMany(peer.Probabilities)];

        RequireEqual(PredictOneByOne(), PeerScores(single));
        RequireEqual(Transform(), PeerScores(batches));
        yield return Compare(rounds, "one row through PredictionEngine", single.Length, PredictOneByOne, () => PeerScores(single));
        yield return Compare(rounds, "batches through Transform", rows.Length, Transform, () => PeerScores(batches));
    }

    private Comparison Compare(AlternatingRounds rounds, string way, int count, Func<float[]> ours, Func<float[]> theirs)
    {
        double Microseconds(Func<float[]> score) => rounds.SecondsPerCall(() => score()) * 1e6 / count;
        double[] medians = rounds.Medians(() => Microseconds(ours), () => Microseconds(theirs));
        return new($"{Name}, {way}", "TorchSharp, no_grad", Unit.MicrosecondsPerRow, medians[0], medians[1]);
    }

    /// <summary>A comparison of two different networks would say nothing.</summary>
    private void RequireEqual(float[] ours, float[] theirs)
    {
        double difference = ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max();
        if (ours.Length != theirs.Length || !(difference <= 1e-5))
            throw new InvalidOperationException($"{Name}: the peer's probabilities differ by up to {difference}, so it is not the same network.");
    }
}
