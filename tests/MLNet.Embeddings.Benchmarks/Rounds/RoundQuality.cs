using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>The error of networks that several workers train beside that of one process, over seeds.</summary>
/// <param name="arguments">Which sets, and how many seeds.</param>
internal sealed class RoundQuality(Arguments arguments)
{
    private static readonly int[] Workers = [2, 4, 8];

    internal void Print()
    {
        int seeds = arguments.Quick ? 1 : arguments.Seeds;
        Console.WriteLine($"Test error of one network (log loss or RMSE), {seeds} seeds; what workers' is above that of one process, ± standard error");
        Console.WriteLine();
        Console.WriteLine($"| set | one process | {string.Join(" | ", Workers.Select(count => $"{count} workers"))} |");
        Console.WriteLine($"|---|--:|{string.Concat(Workers.Select(_ => "--:|"))}");
        var context = new MLContext(seed: 1);
        foreach (var set in RoundSet.All(context, arguments))
        {
            double[][] errors = [.. Enumerable.Range(1, seeds).Select(seed => Errors(set, seed))];
            double one = errors.Average(all => all[0]);
            var cells = Workers.Select((_, i) => Figure(errors, all => 100 * (all[i + 1] - all[0]) / one, "+0.00;-0.00", " %"));
            Console.WriteLine($"| {set.Name} | {Figure(errors, all => all[0], "0.0000", "")} | {string.Join(" | ", cells)} |");
        }
    }

    private double[] Errors(RoundSet set, int seed)
    {
        var context = new MLContext(seed);
        var options = new MultiEmbeddingOptions
        {
            Labels = [set.Label],
            Columns = set.Columns,
            Members = 1,
            Wide = false,
            Seed = seed,
            MaxEpochs = arguments.Quick ? 1 : null,
            NumberOfThreads = 1,
        };
        return
        [
            set.Error(context, set.FitHere(context, options)),
            .. Workers.Select(count =>
            {
                using var transport = new LocalTransport(context, set.Parts(context, count));
                var rounds = new RoundOptions { StepsPerRound = arguments.StepsPerRound };
                return set.Error(context, new ShardedFit(context, options, rounds, transport).Run());
            }),
        ];
    }

    /// <summary>A mean over seeds and its standard error.</summary>
    private static string Figure(double[][] errors, Func<double[], double> of, string format, string unit)
    {
        double[] values = Array.ConvertAll(errors, all => of(all));
        double mean = values.Average(), deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1));
        return string.Create(CultureInfo.InvariantCulture,
            $"{mean.ToString(format, CultureInfo.InvariantCulture)} ± {deviation / Math.Sqrt(values.Length):G2}{unit}");
    }
}
