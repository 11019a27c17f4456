using MLNet.Embeddings;
using Spectre.Console;

namespace Examples;

/// <summary>Prints what an encoder-decoder makes of its inputs.</summary>
public static class SequenceReport
{
    /// <summary>The measures of a test.</summary>
    /// <param name="metrics">The measures.</param>
    /// <param name="fitTime">How long the fit took.</param>
    /// <param name="token">What a token is called, as "phoneme".</param>
    public static void PrintMetrics(SequenceMetrics metrics, TimeSpan fitTime, string token) => MeasureTable.Print(
        [new Candidate<SequenceMetrics>("Network", metrics, fitTime)],
        ("Exact match", all => all.ExactMatch, "share of outputs that are right from end to end"),
        ("Error rate", all => all.TokenErrorRate, $"changes that an output needs, for each {token} of the right one"),
        ("Token accuracy", all => all.TokenAccuracy, $"share of the right {token}s that stand in their place"),
        ("Perplexity", all => all.Perplexity, $"how many {token}s the network wavers between"),
        ("BLEU", all => all.Bleu, $"shared runs of one to four {token}s"));

    /// <summary>Inputs beside their outputs.</summary>
    /// <param name="input">What an input is called.</param>
    /// <param name="rows">The inputs and what became of them.</param>
    public static void PrintOutputs(string input, IEnumerable<(string Input, float LogProbability, string[] Alternatives)> rows)
    {
        var table = Screen.Table(input, "Output", " Probability", "Next best");
        foreach (var (text, logProbability, alternatives) in rows)
        {
            table.AddRow(
                Markup.FromInterpolated($"{text}"), Markup.FromInterpolated($"[bold]{alternatives[0]}[/]"), new Text($"{MathF.Exp(logProbability):F3}"),
                Markup.FromInterpolated($"[grey]{string.Join("   ", alternatives[1..])}[/]"));
        }
        AnsiConsole.Write(table);
    }
}
