using Microsoft.ML;
using Microsoft.ML.Data;

namespace ReviewRecommendation;

/// <summary>Reads the clothing reviews: CSV files with a header, quoted fields and missing values.</summary>
internal static class ReviewFiles
{
    private static readonly string[] Parts = ["train", "test"];

    internal static (IDataView Train, IDataView Test) Load(MLContext mlContext, string dataFolder, int? maxReviews)
    {
        var loader = mlContext.Data.CreateTextLoader<Review>(new TextLoader.Options
        {
            Separators = [','],
            HasHeader = true,
            AllowQuoting = true,
            ReadMultilines = true,
            MissingRealsAsNaNs = true,
            MaxRows = maxReviews,
        });
        return (loader.Load(PathOf(dataFolder, "train")), loader.Load(PathOf(dataFolder, "test")));
    }

    /// <summary>Which file is missing and what to do; null when all are there.</summary>
    internal static string? Missing(string dataFolder)
    {
        string? missing = Parts.Select(part => PathOf(dataFolder, part)).FirstOrDefault(path => !File.Exists(path));
        if (missing is null) return null;
        return $"There is no file '{missing}'. Give the folder that holds clothing-reviews/ after --data, or leave --data out to use generated reviews.";
    }

    private static string PathOf(string dataFolder, string part) =>
        Path.GetFullPath(Path.Combine(dataFolder, "clothing-reviews", $"clothing-reviews-{part}.csv"));
}
