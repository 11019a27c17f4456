using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Ratings of films by users, generated: what a user likes of a film are factors that both have, as in matrix factorization.</summary>
internal sealed class GeneratedRatings
{
    private const int Users = 2_000, Films = 1_000, Factors = 6, Genres = 12;

    public string User { get; set; } = "";

    public string Film { get; set; } = "";

    public string Genre { get; set; } = "";

    public float Age { get; set; }

    /// <summary>From 1 to 5, with noise of deviation 0.7.</summary>
    public float Rating { get; set; }

    /// <summary>Reproducible rows to train on and to judge by.</summary>
    internal static SuiteData Make(MLContext context, int rows)
    {
        var random = new Random(7);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[] Row() => [.. Enumerable.Range(0, Factors).Select(_ => Normal() / Math.Sqrt(Factors))];
        double[][] Table(int count) => [.. Enumerable.Range(0, count).Select(_ => Row())];
        double[][] users = Table(Users), films = Table(Films);
        double[] userMeans = [.. users.Select(_ => 0.4 * Normal())], filmMeans = [.. films.Select(_ => 0.5 * Normal())];
        GeneratedRatings One()
        {
            // Few have most of the ratings.
            int user = (int)(Users * Math.Pow(random.NextDouble(), 2)), film = (int)(Films * Math.Pow(random.NextDouble(), 2));
            double liking = users[user].Zip(films[film], (a, b) => a * b).Sum();
            return new()
            {
                User = $"user {user}",
                Film = $"film {film}",
                Genre = $"genre {film % Genres}",
                Age = 18 + user % 60,
                Rating = (float)Math.Clamp(3.5 + userMeans[user] + filmMeans[film] + 0.8 * liking * Math.Sqrt(Factors) / 2 + 0.7 * Normal(), 1, 5),
            };
        }
        GeneratedRatings[] all = [.. Enumerable.Range(0, rows * 5 / 4).Select(_ => One())];
        return new(context.Data.LoadFromEnumerable(all[..rows]), context.Data.LoadFromEnumerable(all[rows..]));
    }
}
