using System.Globalization;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

/// <summary>Reads what an example prints.</summary>
internal static class ExampleOutput
{
    /// <summary>A measure of the models that it compares, in their order.</summary>
    internal static double[] Measure(string output, string name) =>
        [.. Regex.Matches(Regex.Match(output, $"^│ {name} .*$", RegexOptions.Multiline).Value, @" (\d\.\d+) ").Take(2)
            .Select(number => double.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture))];
}
