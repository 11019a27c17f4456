using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Training of network A on reviews, beside TorchSharp.</summary>
/// <param name="reviews">All reviews; the vocabularies are learned from them beforehand.</param>
/// <param name="rowCount">How many of them to train on.</param>
internal sealed class ReviewTraining(Review[] reviews, int rowCount) : IMeasurement
{
    private const int BatchSize = 32;

    public string Name => $"training of network A, batch {BatchSize}";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        var indexing = NetworkA.Indexing(context).Fit(context.Data.LoadFromEnumerable(reviews));
        var indexed = indexing.Transform(context.Data.LoadFromEnumerable(reviews[..rowCount]));
        var keys = Keys(indexed);
        int titleKeys = KeyCount(indexed, nameof(Review.Title)), bodyKeys = KeyCount(indexed, nameof(Review.Body));

        return FitComparison.Of(Name, rowCount, rounds,
            () => FitTime.Of(() => NetworkA.Trainer(context, BatchSize).Fit(indexed)),
            ("TorchSharp, padded to 50 and 300", () => FitPeer(fixedLength: true)),
            ("TorchSharp, padded to the longest in the batch", () => FitPeer(fixedLength: false)));

        FitTime FitPeer(bool fixedLength) => TorchTraining.Fit(() => new TorchReviewNetwork(titleKeys, bodyKeys, fixedLength), keys, BatchSize);
    }

    private static ReviewKeys[] Keys(IDataView view) =>
    [
        .. view.GetColumn<uint[]>(nameof(Review.Title))
            .Zip(view.GetColumn<uint[]>(nameof(Review.Body)), view.GetColumn<bool>(nameof(Review.Label)))
            .Select(row => new ReviewKeys { Title = row.First, Body = row.Second, Label = row.Third }),
    ];

    private static int KeyCount(IDataView view, string column) =>
        (int)((KeyDataViewType)((VectorDataViewType)view.Schema[column].Type).ItemType).Count;
}
