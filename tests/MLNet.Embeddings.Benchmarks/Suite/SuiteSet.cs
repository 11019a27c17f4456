using System.Globalization;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A set of the suite: a line of <c>sets.txt</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Files">Folder and beginning of its files' names, below the folder of data.</param>
/// <param name="Task">What is learned.</param>
/// <param name="Label">Name of the label's column.</param>
/// <param name="Texts">Names of the columns of text.</param>
/// <param name="Categories">Names of the columns of one value of some.</param>
/// <param name="Numbers">Names of the columns of numbers.</param>
/// <param name="Metric">Its metric.</param>
/// <param name="Best">The best baseline on the test file.</param>
internal sealed record SuiteSet(
    string Name, string Files, SuiteTask Task, string Label, string[] Texts, string[] Categories, string[] Numbers, SuiteMetric Metric, double Best)
{
    internal bool HasTable => Categories.Length + Numbers.Length > 0;

    /// <summary>Whether ML.NET can learn it as well.</summary>
    internal bool HasPeers => Task is not SetSuiteTask;

    internal string Group => Texts.Length == 0 ? "tables" : HasTable ? "texts and tables" : "texts";

    /// <exception cref="FormatException">A line is not of the form that the README beside the file describes.</exception>
    internal static SuiteSet[] ReadAll(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, "suite", "sets.txt")).Where(line => line.Length > 0).Select(Parse)];

    private static SuiteSet Parse(string line) => line.Split('|') switch
    {
        [var name, var files, var task, var label, var texts, var categories, var numbers, var metric, _, var best, ..] => new(
            name, files, SuiteTask.Of(task, label), label, Names(texts), Names(categories), Names(numbers), SuiteMetric.Of(metric),
            double.Parse(best, CultureInfo.InvariantCulture)),
        _ => throw new FormatException($"A line of sets.txt has ten fields or more, separated by '|'; this has fewer: {line}"),
    };

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
