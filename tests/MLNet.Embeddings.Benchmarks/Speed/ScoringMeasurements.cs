using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Scoring of both networks, beside TorchSharp and ONNX Runtime.</summary>
internal static class ScoringMeasurements
{
    /// <param name="reviews">Reviews of real lengths.</param>
    /// <param name="divisor">How many times fewer rows than in a real run.</param>
    internal static IEnumerable<IMeasurement> Of(Review[] reviews, int divisor)
    {
        var networkA = RandomNetwork.Of(NetworkA.Shape);
        var generator = new ReviewGenerator(seed: 1);
        var (tenTimes, fiveTimes, threeTimes, twice, asGood) =
            (Reach.TimesBetter(10), Reach.TimesBetter(5), Reach.TimesBetter(3), Reach.TimesBetter(2), Reach.TimesBetter(1));

        yield return OfReviews("title 4, body 60", () => generator.OfLength(1_024 / divisor, title: 4, body: 60), 256 / divisor, tenTimes, twice);
        yield return OfReviews("title 50, body 300", () => generator.OfFullLength(256 / divisor), 32 / divisor);
        yield return OfReviews("real lengths", () => IndexedReviews.Of(new MLContext(1), reviews, 1_024 / divisor).Keys, 256 / divisor);
        yield return new RowPrediction(() => generator.OfLength(1_024 / divisor, title: 4, body: 60));
        var networkB = RandomNetwork.Of(NetworkB.Shape);
        yield return new Scoring<TableRow>("network B", networkB, () => TableRow.Generate(8_192 / divisor, seed: 2), 2_048 / divisor,
            new(network => new TorchScoring<TableRow>(TorchTableNetwork.Of(network))),
            new(OnnxTableNetwork.Of, OneRow: fiveTimes, Batches: asGood));

        Scoring<ReviewKeys> OfReviews(
            string what, Func<ReviewKeys[]> createRows, int singleCount, Reach? torchOneRow = null, Reach? onnxOneRow = null) =>
            new($"network A, {what}", networkA, createRows, singleCount,
                new(network => new TorchScoring<ReviewKeys>(TorchReviewNetwork.Of(network, fixedLength: false)), torchOneRow, Batches: fiveTimes),
                new(OnnxReviewNetwork.Of, onnxOneRow, Batches: threeTimes));
    }
}
