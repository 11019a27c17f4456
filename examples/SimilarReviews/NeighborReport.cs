using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;
using ReviewRecommendation;
using Spectre.Console;

namespace SimilarReviews;

/// <summary>Prints how often the review that is nearest to another one is of the same class and says the same.</summary>
internal static class NeighborReport
{
    internal static void Print(MLContext mlContext, ITransformer features, IDataView train, IDataView test)
    {
        Review[] known = Reviews(mlContext, train), asked = Reviews(mlContext, test);
        var index = EmbeddingVectors.Of(features.Transform(train), nameof(Review.Body), "Vector");
        float[][] vectors = [.. features.Transform(test).GetColumn<float[]>("Vector")];
        Review[] nearest = [.. vectors.Select(vector => known[index.Nearest(vector, 1)[0].Index])];
        var random = new Random(1);
        Review[] drawn = [.. asked.Select(_ => random.One(known))];

        var table = Screen.Table("Shared with the test review", " Nearest", " Any");
        Add("class", (one, other) => one.Class == other.Class);
        Add("recommendation", (one, other) => one.Recommended == other.Recommended);
        Add("both", (one, other) => one.Class == other.Class && one.Recommended == other.Recommended);
        AnsiConsole.Write(table);

        void Add(string what, Func<Review, Review, bool> isShared) => table.AddRow(what, Share(nearest, isShared), Share(drawn, isShared));

        string Share(Review[] found, Func<Review, Review, bool> isShared) =>
            $"{asked.Zip(found, (one, other) => isShared(one, other) ? 100.0 : 0).Average():F1} %";
    }

    private static Review[] Reviews(MLContext mlContext, IDataView view) => [.. mlContext.Data.CreateEnumerable<Review>(view, reuseRowObject: false)];
}
