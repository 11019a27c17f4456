using System.Globalization;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Tests;

/// <summary>Reads what an example prints.</summary>
internal static class ExampleOutput
{
    /// <summary>A measure of the models that it compares, in their order: the cells of a row of a table that are numbers.</summary>
    internal static double[] Measure(string output, string name) =>
        [.. Regex.Match(output, $"^│ {name} .*$", RegexOptions.Multiline).Value.Split('│')
            .Where(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out _))
            .Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];

    /// <summary>Says which of the files that it should write are missing; pictures are PNG files.</summary>
    internal static void AssertFiles(TemporaryFolder folder, params string[] names)
    {
        foreach (string name in names)
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(folder.Path, name));
            if (name.EndsWith(".png", StringComparison.Ordinal)) CollectionAssert.AreEqual("PNG"u8.ToArray(), bytes[1..4], name);
        }
    }
}
