using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Training of network A on reviews, beside TorchSharp.</summary>
/// <param name="what">The reviews.</param>
/// <param name="open">Makes them ready.</param>
/// <param name="peers">How the peers pad texts, and how far ours is to be ahead.</param>
internal sealed class ReviewTraining(
    string what, Func<MLContext, IndexedReviews> open, params (string Padding, bool FixedLength, Reach Reach)[] peers) : IMeasurement
{
    private const int BatchSize = 32;

    public string Name => $"training of network A, {what}, batch {BatchSize}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        var reviews = open(context);
        return FitComparison.Of(Name, reviews.Keys.Length, rounds,
            () => FitTime.Of(() => NetworkA.Trainer(context, BatchSize).Fit(reviews.View)),
            Array.ConvertAll(peers, peer => new FitPeer($"TorchSharp, {peer.Padding}", () => FitTorch(reviews, peer.FixedLength), peer.Reach)));
    }

    private static FitTime FitTorch(IndexedReviews reviews, bool fixedLength) =>
        TorchTraining.Fit(() => new TorchReviewNetwork(reviews.TitleKeyCount, reviews.BodyKeyCount, fixedLength), reviews.Keys, BatchSize);
}
