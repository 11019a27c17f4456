using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Reviews for network A to learn from: as a view, in which texts may still have to be cut into tokens, and as keys.</summary>
/// <param name="View">What ours reads.</param>
/// <param name="Keys">What a peer reads: the same.</param>
/// <param name="TitleKeyCount">Keys of titles.</param>
/// <param name="BodyKeyCount">Keys of bodies.</param>
internal sealed record IndexedReviews(IDataView View, ReviewKeys[] Keys, int TitleKeyCount, int BodyKeyCount)
{
    /// <summary>The first of some reviews; the vocabularies are those of all.</summary>
    internal static IndexedReviews Of(MLContext context, Review[] reviews, int count)
    {
        var indexing = NetworkA.Indexing(context).Fit(context.Data.LoadFromEnumerable(reviews));
        var view = indexing.Transform(context.Data.LoadFromEnumerable(reviews.Take(count)));
        return new(view, KeysOf(view), KeyCount(view, nameof(Review.Title)), KeyCount(view, nameof(Review.Body)));
    }

    /// <summary>Reviews that are keys already.</summary>
    internal static IndexedReviews Of(MLContext context, ReviewKeys[] keys) =>
        new(context.Data.LoadFromEnumerable(keys), keys, NetworkA.TitleKeys, NetworkA.BodyKeys);

    private static ReviewKeys[] KeysOf(IDataView view) =>
    [
        .. view.GetColumn<uint[]>(nameof(Review.Title))
            .Zip(view.GetColumn<uint[]>(nameof(Review.Body)), view.GetColumn<bool>(nameof(Review.Label)))
            .Select(row => new ReviewKeys { Title = row.First, Body = row.Second, Label = row.Third }),
    ];

    private static int KeyCount(IDataView view, string column) =>
        (int)((KeyDataViewType)((VectorDataViewType)view.Schema[column].Type).ItemType).Count;
}
