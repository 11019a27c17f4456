using Examples;

namespace ReviewRecommendation;

/// <summary>Makes reviews up, the same ones each time: their words tell mostly, not always, whether the product is recommended.</summary>
internal static class GeneratedReviews
{
    private static readonly string[] Divisions = ["General", "General", "General Petite"];

    /// <summary>Rows without an end.</summary>
    internal static IEnumerable<Review> All()
    {
        var random = new Random(20_260);
        while (true) yield return Draw(random);
    }

    private static Review Draw(Random random)
    {
        var product = random.One(Product.All);
        float age = random.Next(18, 80);
        bool recommended = random.NextDouble() < 0.78 + product.Appeal + (age - 45) * 0.002;
        // Some write of what they liked and do not recommend it, or the other way round.
        bool pleased = recommended == random.NextDouble() < 0.96;

        return new Review
        {
            Title = random.Chance(0.15) ? null : Title(random, product, pleased),
            Body = random.Chance(0.04) ? null : Body(random, product, pleased),
            Division = random.Chance(0.01) ? null : random.One(Divisions),
            Department = random.Chance(0.01) ? null : product.Department,
            Class = random.Chance(0.01) ? null : product.Class,
            Age = random.Chance(0.01) ? float.NaN : age,
            Recommended = recommended,
        };
    }

    private static string Title(Random random, Product product, bool pleased)
    {
        string[] titles = random.Chance(0.2) ? Phrases.PlainTitles : pleased ? Phrases.GoodTitles : Phrases.BadTitles;
        return Phrase(random, titles, product);
    }

    private static string Body(Random random, Product product, bool pleased) =>
        string.Join(' ', Enumerable.Range(0, random.Next(2, 6)).Select(_ => Phrase(random, Sentences(random, pleased), product)));

    private static string[] Sentences(Random random, bool pleased) => random.NextDouble() switch
    {
        < 0.35 => Phrases.Plain,
        < 0.45 => pleased ? Phrases.FitProblems : Phrases.Praise,
        < 0.72 => pleased ? Phrases.Praise : Phrases.Complaints,
        _ => pleased ? Phrases.Praise : Phrases.FitProblems,
    };

    private static string Phrase(Random random, string[] phrases, Product product) =>
        random.One(phrases).Replace("*", product.Noun, StringComparison.Ordinal);
}
