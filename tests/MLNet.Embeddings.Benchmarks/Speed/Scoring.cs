using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Scoring of rows of keys, one by one and in batches, beside peers of the same weights.</summary>
/// <param name="what">The network and its rows.</param>
/// <param name="network">The network.</param>
/// <param name="createRows">Makes the rows.</param>
/// <param name="singleCount">How many of them to score one by one.</param>
/// <param name="peers">The peers.</param>
internal sealed class Scoring<TRow>(string what, TrainedNetwork network, Func<TRow[]> createRows, int singleCount, params ScoringPeer<TRow>[] peers)
    : IMeasurement where TRow : class
{
    private const int PeerBatchSize = 256;

    public string Name => $"scoring of {what}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var scorers = Array.ConvertAll(peers, peer => peer.Create(network));
        try
        {
            return [.. Run(rounds, scorers)];
        }
        finally
        {
            foreach (var scorer in scorers) scorer.Dispose();
        }
    }

    private IEnumerable<Comparison> Run(AlternatingRounds rounds, IRowScorer<TRow>[] scorers)
    {
        var context = new MLContext(1);
        var rows = createRows();
        var transformer = RandomNetwork.Transformer(network);
        var view = context.Data.Cache(context.Data.LoadFromEnumerable(rows));
        using var engine = context.Model.CreatePredictionEngine<TRow, Prediction>(transformer, view.Schema);

        TRow[][] single = [.. rows.Take(singleCount).Select(row => new[] { row })];
        TRow[][] batches = [.. rows.Chunk(PeerBatchSize)];
        float[] PredictOneByOne() => Array.ConvertAll(single, row => engine.Predict(row[0]).Probability);
        float[] Transform() => [.. transformer.Transform(view).GetColumn<float>(nameof(Prediction.Probability))];

        return
        [
            .. Compare(rounds, "one row through PredictionEngine", PredictOneByOne, scorers, single, peer => peer.OneRow),
            .. Compare(rounds, "batches through Transform", Transform, scorers, batches, peer => peer.Batches),
        ];
    }

    private IEnumerable<Comparison> Compare(
        AlternatingRounds rounds, string way, Func<float[]> ours, IRowScorer<TRow>[] scorers, TRow[][] parts, Func<ScoringPeer<TRow>, Reach?> reach)
    {
        int count = parts.Sum(part => part.Length);
        var theirs = Array.ConvertAll(scorers, scorer => new Func<float[]>(() => [.. parts.SelectMany(scorer.Probabilities)]));
        foreach (var (scorer, score) in scorers.Zip(theirs)) RequireEqual(ours(), scorer.Name, score());

        double Microseconds(Func<float[]> score) => rounds.SecondsPerCall(() => score()) * 1e6 / count;
        double[] medians = rounds.Medians([.. theirs.Prepend(ours).Select(score => new Func<double>(() => Microseconds(score)))]);
        return peers.Select((peer, i) =>
            new Comparison($"{Name}, {way}", scorers[i].Name, Unit.MicrosecondsPerRow, medians[0], medians[i + 1], reach(peer)));
    }

    /// <summary>A comparison of two different networks would say nothing.</summary>
    private void RequireEqual(float[] ours, string peer, float[] theirs)
    {
        double difference = ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max();
        if (ours.Length != theirs.Length || !(difference <= 1e-5))
            throw new InvalidOperationException($"{Name}: the probabilities of {peer} differ by up to {difference}, so it is not the same network.");
    }
}
