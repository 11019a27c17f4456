using Microsoft.ML;
using Microsoft.ML.Data;
using ReviewRecommendation;

namespace Cluster;

/// <summary>Reviews in files of shards.</summary>
internal static class ReviewShards
{
    internal const int Count = 12;

    /// <summary>What reads a shard; it is sent to the silos.</summary>
    internal static TextLoader Loader(MLContext mlContext) => mlContext.Data.CreateTextLoader(new TextLoader.Options
    {
        Columns =
        [
            new(nameof(Review.Title), DataKind.String, 0), new(nameof(Review.Body), DataKind.String, 1), new(nameof(Review.Division), DataKind.String, 2),
            new(nameof(Review.Department), DataKind.String, 3), new(nameof(Review.Class), DataKind.String, 4), new(nameof(Review.Age), DataKind.Single, 5),
            new(nameof(Review.Recommended), DataKind.Boolean, 6),
        ],
        Separators = [','],
        HasHeader = true,
        AllowQuoting = true,
        ReadMultilines = true,
        MissingRealsAsNaNs = true,
    });

    /// <summary>Writes rows in turn to the shards.</summary>
    internal static void Write(MLContext mlContext, IDataView rows, string folder)
    {
        Directory.CreateDirectory(folder);
        Review[] reviews = [.. mlContext.Data.CreateEnumerable<Review>(rows, reuseRowObject: false)];
        for (int shard = 0; shard < Count; shard++)
        {
            var part = mlContext.Data.LoadFromEnumerable(reviews.Where((_, i) => i % Count == shard));
            var columns = mlContext.Transforms.SelectColumns(
                nameof(Review.Title), nameof(Review.Body), nameof(Review.Division), nameof(Review.Department), nameof(Review.Class), nameof(Review.Age),
                nameof(Review.Recommended));
            mlContext.Data.SaveTable(columns.Fit(part).Transform(part), Path.Combine(folder, $"reviews-{shard:00}.csv"));
        }
    }
}
