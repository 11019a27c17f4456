using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>
/// Successive halving (Jamieson and Talwalkar 2016, arXiv 1502.07943) of random trials (Bergstra and Bengio 2012): all are fitted to a part of the rows, the
/// better half to twice as many, and so on.
/// </summary>
/// <param name="mlContext">The context.</param>
/// <param name="estimator">Makes what is fitted of what is drawn.</param>
/// <param name="data">All rows.</param>
/// <param name="options">How.</param>
internal sealed class SuccessiveHalving<TTransformer>(
    MLContext mlContext, Func<TrialSpace, IEstimator<TTransformer>> estimator, IDataView data, SearchOptions options)
    where TTransformer : class, ITransformer
{
    private const int MostRounds = 3;

    private readonly List<SearchTrial> _trials = [];
    private ScoreMeasure? _measure;

    // That of the best trial of the round, and of the round before until there is one.
    private TTransformer? _bestOfRound, _best;

    private (int Fits, double Rows, TimeSpan Elapsed) _done, _all;

    internal SearchResult<TTransformer> Run(int trials)
    {
        var split = mlContext.Data.TrainTestSplit(data, options.ValidationFraction, seed: options.Seed);
        int[] counts = [.. Enumerable.Range(0, MostRounds).Select(round => (trials + (1 << round) - 1) >> round).TakeWhile((count, i) => i == 0 || count > 0)];
        if (trials < 1 << (MostRounds - 1)) counts = [trials];
        double[] shares = [.. counts.Select((_, round) => 1.0 / (1 << (counts.Length - 1 - round)))];
        _all = (counts.Sum() + 1, counts.Zip(shares, (count, share) => count * share).Sum() + 1, default);
        _trials.AddRange(Enumerable.Range(1, trials).Select(number => new SearchTrial(number, new Dictionary<string, object>(), [], TimeSpan.Zero)));
        try
        {
            for (int round = 0; round < counts.Length; round++)
            {
                var rows = shares[round] == 1 ? split.TrainSet : mlContext.Data.TrainTestSplit(split.TrainSet, shares[round], seed: options.Seed).TestSet;
                _bestOfRound = null;
                foreach (var trial in _trials.Take(counts[round]).ToArray()) Try(trial, rows, split.TestSet, shares[round]);
                Rank();
            }
            var model = Watched(() => estimator(Space(_trials[0].Number)).Fit(data), 1, out _);
            return new SearchResult<TTransformer>(model, _measure!.Metric, _trials[0], ValueList.Of(_trials), IsCancelled: false);
        }
        catch (OperationCanceledException) when (_best is not null && _measure is not null)
        {
            Rank();
            return new SearchResult<TTransformer>(_best, _measure.Metric, _trials[0], ValueList.Of(_trials), IsCancelled: true);
        }
    }

    private void Try(SearchTrial trial, IDataView rows, IDataView heldOut, double share)
    {
        var space = Space(trial.Number);
        var model = Watched(() => estimator(space).Fit(rows), share, out var duration);
        var scored = model.Transform(heldOut);
        if (_measure is null)
        {
            var (label, prefix) = ScoreMeasure.LabelOf(model, options.LabelColumnName);
            _measure = ScoreMeasure.Of(mlContext, scored, label, prefix, options.Metric);
        }
        double value = _measure.Of(scored);
        int place = _trials.FindIndex(one => one.Number == trial.Number);
        var measured = new SearchTrial(trial.Number, space.Values, ValueList.Of([.. trial.Values, value]), trial.Duration + duration);
        var alike = _trials.Where(one => one.Values.Count == measured.Values.Count);
        bool isBest = _bestOfRound is null || alike.All(one => _measure.IsBetter(value, one.Values[^1]));
        _trials[place] = measured;
        if (isBest) _best = _bestOfRound = model;
        var best = _trials.Where(one => one.Values.Count > 0).Aggregate((one, other) => IsBefore(other, one) ? other : one);
        options.Progress?.Report(new SearchProgress(_done.Fits, _all.Fits, best, _done.Elapsed * ((_all.Rows - _done.Rows) / _done.Rows)));
    }

    private TrialSpace Space(int number) => new(options.Seed, number, options.CancellationToken);

    private TTransformer Watched(Func<TTransformer> fit, double share, out TimeSpan duration)
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        var watch = Stopwatch.StartNew();
        var model = fit();
        // A fit that was cancelled gives back its best so far, which is not to be compared.
        options.CancellationToken.ThrowIfCancellationRequested();
        duration = watch.Elapsed;
        _done = (_done.Fits + 1, _done.Rows + share, _done.Elapsed + duration);
        return model;
    }

    private void Rank() => _trials.Sort((one, other) => IsBefore(one, other) ? -1 : IsBefore(other, one) ? 1 : one.Number.CompareTo(other.Number));

    private bool IsBefore(SearchTrial one, SearchTrial other) => one.Values.Count != other.Values.Count
        ? one.Values.Count > other.Values.Count
        : one.Values.Count > 0 && _measure!.IsBetter(one.Values[^1], other.Values[^1]);
}
