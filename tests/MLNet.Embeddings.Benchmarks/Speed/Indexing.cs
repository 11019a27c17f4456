using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Cutting the titles and bodies of reviews into tokens and looking them up, beside ML.NET's own transforms.</summary>
internal sealed class Indexing(Review[] reviews) : IMeasurement
{
    private static readonly string[] Columns = [nameof(Review.Title), nameof(Review.Body)];

    public string Name => "indexing of titles and bodies";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        var view = context.Data.LoadFromEnumerable(reviews);
        var ours = NetworkA.Indexing(context);
        var theirs = Plain(context, NetworkA.TitleKeys, NetworkA.BodyKeys);
        var theirsOfAll = Plain(context, int.MaxValue, int.MaxValue);
        ITransformer ourModel = ours.Fit(view), theirModel = theirs.Fit(view);

        yield return Compare(rounds, "fit", () => ours.Fit(view), () => theirs.Fit(view));
        yield return Compare(rounds, "fit, all rows read", () => ours.Fit(view), () => theirsOfAll.Fit(view));
        yield return Compare(rounds, "transform", () => ReadAll(ourModel.Transform(view)), () => ReadAll(theirModel.Transform(view)));
    }

    /// <remarks>A column of as many keys as there may be is read no further: its words are not counted, but kept as they come.</remarks>
    private static IEstimator<ITransformer> Plain(MLContext context, int titleKeys, int bodyKeys)
    {
        var text = context.Transforms.Text;
        return text.TokenizeIntoWords(nameof(Review.Title)).Append(text.TokenizeIntoWords(nameof(Review.Body)))
            .Append(context.Transforms.Conversion.MapValueToKey(nameof(Review.Title), maximumNumberOfKeys: titleKeys))
            .Append(context.Transforms.Conversion.MapValueToKey(nameof(Review.Body), maximumNumberOfKeys: bodyKeys));
    }

    private Comparison Compare(AlternatingRounds rounds, string way, Action ours, Action theirs)
    {
        double Rate(Action action) => reviews.Length / rounds.SecondsPerCall(action);
        double[] medians = rounds.Medians(() => Rate(ours), () => Rate(theirs));
        return new($"{Name}, {way}", "TokenizeIntoWords, MapValueToKey", Unit.RowsPerSecond, medians[0], medians[1]);
    }

    private static void ReadAll(IDataView view)
    {
        using var cursor = view.GetRowCursor(Columns.Select(column => view.Schema[column]));
        var getters = Array.ConvertAll(Columns, column => cursor.GetGetter<VBuffer<uint>>(view.Schema[column]));
        var keys = default(VBuffer<uint>);
        while (cursor.MoveNext())
        {
            foreach (var getter in getters) getter(ref keys);
        }
    }
}
