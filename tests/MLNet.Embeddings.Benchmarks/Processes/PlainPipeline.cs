using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A pipeline of two of ML.NET's own transforms, to see what loading and memory cost without ours.</summary>
internal static class PlainPipeline
{
    private const int Rows = 256;

    /// <summary>Fits it to a few reviews and saves it.</summary>
    internal static void Save(MLContext context, string path)
    {
        var reviews = context.Data.LoadFromEnumerable(Array.ConvertAll(new ReviewGenerator(2).OfRealLengths(Rows), row => row.AsText()));
        var pipeline = context.Transforms.Text.TokenizeIntoWords("Words", nameof(Review.Body))
            .Append(context.Transforms.Conversion.MapValueToKey(nameof(WordKeys.Keys), "Words"));
        context.Model.Save(pipeline.Fit(reviews), reviews.Schema, path);
    }
}
