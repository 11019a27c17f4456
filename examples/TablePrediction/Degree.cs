namespace TablePrediction;

/// <summary>A degree of generated customers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Years">Years of education.</param>
/// <param name="Worth">What it adds to the logit of a high income late in life.</param>
internal sealed record Degree(string Name, int Years, double Worth)
{
    internal static Degree[] All { get; } =
    [
        new("11th", 7, -1.0), new("HS-grad", 9, 0.0), new("HS-grad", 9, 0.0), new("Some-college", 10, 0.4),
        new("Assoc-voc", 11, 0.7), new("Bachelors", 13, 1.5), new("Masters", 14, 2.0), new("Doctorate", 16, 2.8),
    ];
}
