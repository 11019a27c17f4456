using Microsoft.Data.Analysis;

namespace ReviewRecommendation;

/// <summary>Reviews that no data set has, to predict.</summary>
internal static class NewReviews
{
    internal static Review[] All { get; } =
    [
        New("Beautiful and comfortable",
            "I love this dress. It fits perfectly, the fabric is so soft, and I get compliments every time I wear it.",
            "General", "Dresses", "Dresses", 41),
        New("Disappointed", "The fabric is thin and itchy and it looks cheap. I returned it the next day.", "General", "Tops", "Blouses", 36),
        New(null, "I wanted to love these jeans, but they run small and are far too tight in the waist. They went back.",
            "General Petite", "Bottoms", "Jeans", 52),
        New("Great hat", "Perfect for sunny days, and the color is gorgeous.", "General", "Accessories", "Hats", 29),
        New(null, null, null, null, null, float.NaN),
    ];

    /// <summary>The same as a data frame. It has no column for the label, which is not known.</summary>
    internal static DataFrame ToFrame() => new(
        new StringDataFrameColumn(nameof(Review.Title), All.Select(review => review.Title)),
        new StringDataFrameColumn(nameof(Review.Body), All.Select(review => review.Body)),
        new StringDataFrameColumn(nameof(Review.Division), All.Select(review => review.Division)),
        new StringDataFrameColumn(nameof(Review.Department), All.Select(review => review.Department)),
        new StringDataFrameColumn(nameof(Review.Class), All.Select(review => review.Class)),
        new SingleDataFrameColumn(nameof(Review.Age), All.Select(review => review.Age)));

    private static Review New(string? title, string? body, string? division, string? department, string? productClass, float age) =>
        new() { Title = title, Body = body, Division = division, Department = department, Class = productClass, Age = age };
}
