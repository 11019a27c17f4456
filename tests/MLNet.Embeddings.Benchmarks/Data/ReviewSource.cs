using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>The reviews that network A learns from: real ones where there are any, else generated ones of the same lengths.</summary>
/// <param name="Description">What they are.</param>
/// <param name="Reviews">All of them.</param>
internal sealed record ReviewSource(string Description, Review[] Reviews)
{
    private const int GeneratedCount = 20_000;

    /// <param name="folder">The folder of the data sets; null if none is known.</param>
    internal static ReviewSource Open(string? folder)
    {
        string path = Path.Combine(folder ?? "", "clothing-reviews", "clothing-reviews-train.csv");
        return folder is not null && File.Exists(path)
            ? new("real clothing reviews", Read(path))
            : new("generated reviews of the lengths of real ones", Generate());
    }

    private static Review[] Read(string path)
    {
        var context = new MLContext();
        var view = context.Data.LoadFromTextFile<Review>(path, separatorChar: ',', hasHeader: true, allowQuoting: true);
        return [.. context.Data.CreateEnumerable<Review>(view, reuseRowObject: false)];
    }

    private static Review[] Generate() => Array.ConvertAll(new ReviewGenerator(seed: 1).OfRealLengths(GeneratedCount), review => review.AsText());
}
