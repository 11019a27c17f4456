using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>How the time of an epoch would fall with machines, from what a round costs here and from networks of a given speed.</summary>
/// <remarks>
/// Each machine is one worker of one core. The coordinator has one link, over which all workers' bytes go one after the other, and puts together what they
/// have learned with one core; workers begin when they have their weights. Every message takes the latency.
/// </remarks>
/// <param name="arguments">Which reviews.</param>
internal sealed class ScaleSimulation(Arguments arguments)
{
    /// <summary>Seconds of a message on its way: a call of a grain from one machine of a rack to another.</summary>
    private const double Latency = 0.0003;

    private const int LeastBatchRows = 16;

    private static readonly int[] Machines = [1, 2, 4, 8, 16, 32, 64, 128, 256];

    private static readonly (string Name, double BytesPerSecond)[] Links = [("1 Gbit/s", 0.94e9 / 8), ("25 Gbit/s", 0.94 * 25e9 / 8)];

    internal void Print()
    {
        var source = ReviewSource.Open(arguments.DataFolder);
        var reviews = arguments.Quick ? source.Reviews[..1_000] : source.Reviews[..6_000];
        Print($"network A, {source.Description}", RoundTraffic.Options, RoundTraffic.Indexed(reviews), 64);
        if (arguments.DataFolder is not { } folder || !Directory.Exists(folder)) return;
        foreach (var set in RoundSet.All(new MLContext(1), arguments with { Only = "adult" }))
        {
            Print(set.Name, new MultiEmbeddingOptions { Labels = [set.Label], Columns = set.Columns, Seed = 1, Members = 1, Wide = false },
                context => arguments.Quick ? context.Data.TakeRows(set.Data.Training, 1_000) : set.Data.Training, 256);
        }
    }

    private static void Print(string name, MultiEmbeddingOptions options, Func<MLContext, IDataView> rows, int batchRows)
    {
        foreach (var rounds in (RoundOptions[])[new(), new() { HalfPrecision = true }, new() { StepsPerRound = 8 }, new() { StepsPerRound = 64 }])
        {
            int[] batches = [.. Machines.Select(machines => Math.Max(LeastBatchRows, batchRows / machines)).Distinct()];
            var costs = batches.ToDictionary(batch => batch, batch => RoundCosts.Measure(options, rows, batch, rounds));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}, {batchRows} rows a step in all but at least {LeastBatchRows} of a worker, {rounds.StepsPerRound} steps a round" +
                $"{(rounds.HalfPrecision ? ", 16 bits" : "")}: rows per second, and times one machine"));
            Console.WriteLine();
            Console.WriteLine($"| link | {string.Join(" | ", Machines)} |");
            Console.WriteLine($"|---|{string.Concat(Machines.Select(_ => "--:|"))}");
            var alone = costs[batchRows];
            foreach (var (link, speed) in Links)
            {
                var cells = Machines.Select(machines =>
                {
                    int batch = Math.Max(LeastBatchRows, batchRows / machines);
                    double rate = (double)machines * batch * rounds.StepsPerRound / Seconds(costs[batch], machines, speed);
                    double one = batchRows * rounds.StepsPerRound / alone.Worker;
                    return string.Create(CultureInfo.InvariantCulture, $"{rate:N0} ({rate / one:F1})");
                });
                Console.WriteLine($"| {link} | {string.Join(" | ", cells)} |");
            }
            Console.WriteLine();
        }
    }

    /// <summary>Seconds of a round.</summary>
    private static double Seconds(RoundCosts costs, int machines, double bytesPerSecond)
    {
        if (machines == 1) return costs.Worker; // one process: nothing is sent
        // When each worker has its weights, when it is done, and when what it learned has come over the link and is merged.
        double sent = 0, received = 0, merged = 0;
        for (int machine = 0; machine < machines; machine++)
        {
            sent += costs.Bytes / bytesPerSecond;
            double done = sent + Latency + costs.Worker;
            received = Math.Max(received, done + Latency) + costs.Bytes / bytesPerSecond;
            merged = Math.Max(merged, received) + costs.Coordinator;
        }
        return merged;
    }
}
