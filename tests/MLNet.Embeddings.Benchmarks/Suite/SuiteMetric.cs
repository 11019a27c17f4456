namespace MLNet.Embeddings.Benchmarks;

/// <summary>A metric and what is left to gain by it.</summary>
/// <param name="Name">Its name in <c>sets.txt</c>.</param>
/// <param name="HigherIsBetter">Whether it is at most 1 and more is better; else it is an error itself.</param>
internal sealed record SuiteMetric(string Name, bool HigherIsBetter)
{
    /// <summary>The smallest error that is told from none, so that a faultless baseline has a ratio too.</summary>
    private const double LeastError = 0.001;

    internal static SuiteMetric Of(string name) => name switch
    {
        "auc" or "micro" or "microF1" => new(name, HigherIsBetter: true),
        "rmse" => new(name, HigherIsBetter: false),
        _ => throw new FormatException($"The metrics of sets.txt are auc, micro, microF1 and rmse; this is '{name}'."),
    };

    /// <summary>With the four decimals that <c>sets.txt</c> has.</summary>
    internal static double Rounded(double value) => Math.Round(value, 4);

    internal double Error(double value) => HigherIsBetter ? 1 - value : value;

    /// <summary>Error over a baseline's error: below 1, it is better.</summary>
    internal double Ratio(double value, double baseline) => Math.Max(Error(value), LeastError) / Math.Max(Error(baseline), LeastError);

    internal bool IsAtOrAbove(double value, double baseline) => Error(value) <= Error(baseline);

    internal double Best(IEnumerable<double> values) => values.MinBy(Error);
}
