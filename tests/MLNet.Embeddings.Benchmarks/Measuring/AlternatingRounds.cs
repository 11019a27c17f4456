using System.Diagnostics;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Lets contestants run in turn, so that what disturbs the machine disturbs them alike.</summary>
/// <param name="WarmUps">Rounds before those that count.</param>
/// <param name="Count">Rounds that count.</param>
/// <param name="LeastTime">How long <see cref="SecondsPerCall"/> measures at least.</param>
internal sealed record AlternatingRounds(int WarmUps, int Count, TimeSpan LeastTime)
{
    /// <summary>Runs every contestant once in each round; gives their figures, a row for each contestant.</summary>
    internal TFigure[][] Run<TFigure>(params Func<TFigure>[] contestants)
    {
        var figures = Array.ConvertAll(contestants, _ => new TFigure[WarmUps + Count]);
        for (int round = 0; round < WarmUps + Count; round++)
        {
            for (int i = 0; i < contestants.Length; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                figures[i][round] = contestants[i]();
            }
        }
        return Array.ConvertAll(figures, all => all[WarmUps..]);
    }

    /// <summary>The medians of figures that are numbers, one for each contestant.</summary>
    internal double[] Medians(params Func<double>[] contestants) => Array.ConvertAll(Run(contestants), Median);

    /// <summary>How long an action takes, called over and over for a while.</summary>
    internal double SecondsPerCall(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        int calls = 0;
        TimeSpan elapsed;
        do
        {
            action();
            calls++;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed < LeastTime);
        return elapsed.TotalSeconds / calls;
    }

    /// <summary>The middle one of the figures; of two, their mean.</summary>
    internal static double Median(double[] figures)
    {
        double[] sorted = [.. figures.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
