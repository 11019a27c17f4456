namespace MLNet.Embeddings.Benchmarks;

/// <summary>What training by workers costs: in bytes, and in quality.</summary>
internal static class RoundsReport
{
    private const string Traffic = "traffic", Scale = "scale";

    internal static int Print(Arguments arguments)
    {
        if (Traffic.Contains(arguments.Only, StringComparison.Ordinal))
        {
            new RoundTraffic(arguments).Print();
            Console.WriteLine();
        }
        if (Scale.Contains(arguments.Only, StringComparison.Ordinal)) new ScaleSimulation(arguments).Print();
        if (arguments.Only is not (Traffic or Scale)) new RoundQuality(arguments).Print();
        return 0;
    }
}
