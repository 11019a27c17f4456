using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Trains ours with the library's defaults on the sets, one after the other, and prints a line each beside the baselines, then a summary.</summary>
internal static class SuiteReport
{
    /// <returns>The program's exit code: 2 when there is no data, no set of a wanted name, or what the library cannot do is asked.</returns>
    internal static int Print(SuiteArguments arguments)
    {
        if (arguments.DataFolder is not { } folder || !File.Exists(Path.Combine(folder, "suite", "sets.txt")))
            return Refuse("Give the folder that holds suite/sets.txt: --data FOLDER, or the variable MLNET_EMBEDDINGS_DATA.");
        var sets = SuiteSet.ReadAll(folder);
        if (arguments.Only.Except(sets.Select(set => set.Name)).FirstOrDefault() is { } unknown)
            return Refuse($"No set is named '{unknown}'. There are: {string.Join(", ", sets.Select(set => set.Name))}.");

        Console.WriteLine($"""
            {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}. Judged by {(arguments.Inside
                ? "every fifth row of the training files, trained on the others"
                : "the test files")}; baselines in {arguments.BaselineFile}.

            """);
        var wanted = sets.Where(set => arguments.Only.Count == 0 || arguments.Only.Contains(set.Name));
        if (arguments.PeersOnly) PrintPeers(wanted, folder, arguments);
        else PrintOurs(wanted, folder, arguments);
        return 0;
    }

    private static int Refuse(string fault)
    {
        Console.Error.WriteLine(fault);
        return 2;
    }

    private static void PrintOurs(IEnumerable<SuiteSet> sets, string folder, SuiteArguments arguments)
    {
        var baselines = new Baselines(arguments.BaselineFile);
        var results = new List<SuiteResult>();
        Console.WriteLine(SuiteResult.Header);
        foreach (var set in sets)
        {
            results.Add(Measure(set, folder, baselines, arguments));
            Console.WriteLine(results[^1]);
        }
        if (results.Count == 0) return;
        Console.WriteLine();
        SuiteSummary.Write(Console.Out, results);
    }

    private static void PrintPeers(IEnumerable<SuiteSet> sets, string folder, SuiteArguments arguments)
    {
        var baselines = new Baselines(arguments.BaselineFile);
        foreach (var set in sets)
        {
            var context = new MLContext(seed: 1);
            var data = SuiteData.Load(context, set, folder, arguments.Inside);
            foreach (var peer in Peers(set, arguments))
            {
                var (value, seconds) = baselines.Of(peer, context, set, data, arguments.Inside);
                Console.WriteLine(FormattableString.Invariant($"{set.Name} {peer.Name} {set.Metric.Name} {value:0.0000}, {seconds:0.0} s"));
            }
        }
    }

    private static SuiteResult Measure(SuiteSet set, string folder, Baselines baselines, SuiteArguments arguments)
    {
        var context = new MLContext(seed: 1);
        var data = SuiteData.Load(context, set, folder, arguments.Inside);
        var peers = Peers(set, arguments).ToDictionary(peer => peer, peer => baselines.Of(peer, context, set, data, arguments.Inside));
        var others = peers.Where(peer => peer.Key != SuitePeer.StrongLightGbm).Select(peer => peer.Value.Value);

        var model = SuiteModel.Of(context, set, arguments);
        long start = Stopwatch.GetTimestamp();
        var fitted = model.Fit(data.Training);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double ours = SuiteMetric.Rounded(set.Task.Evaluate(context, data.Test, fitted.Transform(data.Test)));
        return new(
            set, ours, arguments.Inside && peers.Count > 0 ? set.Metric.Best(others) : set.Best,
            peers.TryGetValue(SuitePeer.StrongLightGbm, out var strong) ? strong.Value : null, seconds,
            peers.TryGetValue(SuitePeer.LightGbm, out var lightGbm) ? lightGbm.Seconds : null);
    }

    /// <summary>
    /// Inside, all that suit; on test files, whose best baseline is known, those whose time or strength is asked for: LightGBM on tables, since on texts as
    /// <c>FeaturizeText</c> gives them it takes minutes.
    /// </summary>
    private static IEnumerable<SuitePeer> Peers(SuiteSet set, SuiteArguments arguments) => arguments.Inside
        ? SuitePeer.All.Where(peer => peer.Suits(set))
        : new[] { SuitePeer.LightGbm, SuitePeer.StrongLightGbm }.Where(peer => set.Texts.Length == 0 && peer.Suits(set));
}
