namespace Examples;

/// <summary>What generated data is drawn with.</summary>
public static class RandomChoices
{
    public static T One<T>(this Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public static bool Chance(this Random random, double share) => random.NextDouble() < share;

    /// <summary>A number of a normal distribution (Box and Muller 1958).</summary>
    public static double Normal(this Random random, double mean = 0, double deviation = 1) =>
        mean + deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
