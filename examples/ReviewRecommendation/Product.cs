namespace ReviewRecommendation;

/// <summary>A kind of product that generated reviews are about.</summary>
/// <param name="Department">Its department.</param>
/// <param name="Class">Its class within the department.</param>
/// <param name="Noun">What reviewers call it.</param>
/// <param name="Appeal">How much more of its buyers recommend it than of others.</param>
internal sealed record Product(string Department, string Class, string Noun, double Appeal)
{
    internal static Product[] All { get; } =
    [
        new("Dresses", "Dresses", "dress", -0.02),
        new("Tops", "Knits", "top", 0.00),
        new("Tops", "Blouses", "blouse", 0.00),
        new("Tops", "Sweaters", "sweater", -0.02),
        new("Bottoms", "Pants", "pair of pants", 0.02),
        new("Bottoms", "Jeans", "pair of jeans", 0.06),
        new("Bottoms", "Skirts", "skirt", 0.02),
        new("Jackets", "Outerwear", "coat", 0.03),
        new("Intimate", "Swim", "swimsuit", -0.03),
        new("Intimate", "Sleep", "nightgown", 0.04),
        new("Trend", "Trend", "tunic", -0.10),
    ];
}
