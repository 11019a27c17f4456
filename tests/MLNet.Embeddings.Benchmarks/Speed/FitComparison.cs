namespace MLNet.Embeddings.Benchmarks;

/// <summary>Rows per second of fits of the same rows, beside one or more peers.</summary>
internal static class FitComparison
{
    internal static IEnumerable<Comparison> Of(string name, int rowCount, AlternatingRounds rounds, Func<FitTime> ours, params FitPeer[] peers)
    {
        var times = rounds.Run([ours, .. peers.Select(peer => peer.Fit)]);
        for (int i = 0; i < peers.Length; i++)
        {
            yield return Compare($"{name}, whole fit", peers[i].Name, time => time.Whole, times[i + 1], peers[i].Reach);
            yield return Compare($"{name}, epochs alone", peers[i].Name, time => time.Epochs, times[i + 1], peers[i].Reach);
        }

        Comparison Compare(string measure, string peer, Func<FitTime, TimeSpan> part, FitTime[] theirs, Reach? reach) =>
            new(measure, peer, Unit.RowsPerSecond, Rate(times[0], part), Rate(theirs, part), reach);

        double Rate(FitTime[] fits, Func<FitTime, TimeSpan> part) =>
            AlternatingRounds.Median(Array.ConvertAll(fits, fit => rowCount / part(fit).TotalSeconds));
    }
}
