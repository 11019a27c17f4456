namespace MLNet.Embeddings.Robustness;

/// <summary>What a hunt has tried, and the cases that failed. Any number of threads may add to it.</summary>
/// <param name="unit">What a case is called, such as "cells".</param>
internal sealed class Findings(string unit)
{
    private readonly Lock _lock = new();
    private readonly List<(string Case, string Problem)> _finds = [];
    private long _tries;

    /// <summary>How many cases were tried.</summary>
    internal long Tries => Interlocked.Read(ref _tries);

    /// <summary>What is to be told beside the count.</summary>
    internal List<string> Notes { get; } = [];

    internal void Try(long count = 1) => Interlocked.Add(ref _tries, count);

    internal void Add(string tried, string problem)
    {
        lock (_lock) _finds.Add((tried, problem));
    }

    /// <summary>Tries a case; it fails if something is said to be wrong with it, or an exception leaves it.</summary>
    internal void Try(string name, Func<string?> problem)
    {
        Try();
        try
        {
            if (problem() is { } found) Add(name, found);
        }
        catch (Exception e)
        {
            Add(name, NamedError.Describe(e));
        }
    }

    /// <summary>Writes a table of the finds and a line of counts.</summary>
    /// <returns>The exit code of the program.</returns>
    internal int Print(TextWriter writer)
    {
        if (_finds.Count > 0) writer.WriteLine("| case | find |\n|---|---|");
        foreach (var (tried, problem) in _finds.Distinct()) writer.WriteLine($"| {tried} | {problem.ReplaceLineEndings(" ").Replace('|', '/')} |");
        writer.WriteLine($"{Tries} {unit}, {_finds.Count} finds.{string.Concat(Notes.Select(note => $" {note}"))}");
        return _finds.Count > 0 ? 1 : 0;
    }
}
