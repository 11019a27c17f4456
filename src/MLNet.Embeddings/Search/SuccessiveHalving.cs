using System.Diagnostics;
using System.Runtime.ExceptionServices;
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
    private ExceptionDispatchInfo? _failure;

    internal SearchResult<TTransformer> Run(int trials)
    {
        var split = mlContext.Data.TrainTestSplit(data, options.ValidationFraction, seed: options.Seed);
        int[] counts = [.. Enumerable.Range(0, MostRounds).Select(round => (trials + (1 << round) - 1) >> round).TakeWhile((count, i) => i == 0 || count > 0)];
        if (trials < 1 << (MostRounds - 1)) counts = [trials];
        double[] shares = [.. counts.Select((_, round) => 1.0 / (1 << (counts.Length - 1 - round)))];
        _all = (counts.Sum() + 1, counts.Zip(shares, (count, share) => count * share).Sum() + 1, default);
        _trials.AddRange(Enumerable.Range(1, trials).Select(number => new SearchTrial(number, [], [], TimeSpan.Zero)));
        try
        {
            for (int round = 0; round < counts.Length; round++)
            {
                var rows = shares[round] == 1 ? split.TrainSet : mlContext.Data.TrainTestSplit(split.TrainSet, shares[round], seed: options.Seed).TestSet;
                _bestOfRound = null;
                foreach (var trial in _trials.Take(counts[round]).ToArray()) Try(trial, rows, split.TestSet, shares[round]);
                if (_bestOfRound is null) _failure!.Throw();
                Rank();
            }
            var model = Watched(() => estimator(Space(_trials[0].Number)).Fit(data), 1);
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
        var (value, error, model, watch) = (double.NaN, (string?)null, (TTransformer?)null, Stopwatch.StartNew());
        try
        {
            model = Watched(() => estimator(space).Fit(rows), share);
            value = Measure(model, model.Transform(heldOut));
        }
        // What one trial's settings lead to is no reason to lose the others.
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            error = failure.Message;
            _failure ??= ExceptionDispatchInfo.Capture(failure);
        }
        int place = _trials.FindIndex(one => one.Number == trial.Number);
        var measured = new SearchTrial(trial.Number, space.Values, [.. trial.Values, value], trial.Duration + watch.Elapsed, error);
        var alike = _trials.Where(one => one.Values.Count == measured.Values.Count);
        bool isBest = model is not null && error is null && (_bestOfRound is null || alike.All(one => _measure!.IsBetter(value, one.Values[^1])));
        _trials[place] = measured;
        if (isBest) _best = _bestOfRound = model;
        if (_measure is null) return;
        var best = _trials.Where(one => one.Values.Count > 0).Aggregate((one, other) => IsBefore(other, one) ? other : one);
        options.Progress?.Report(new SearchProgress(_done.Fits, _all.Fits, best, _done.Elapsed * ((_all.Rows - _done.Rows) / _done.Rows)));
    }

    private double Measure(TTransformer model, IDataView scored)
    {
        if (_measure is null)
        {
            var (label, prefix) = ScoreMeasure.LabelOf(model, options.LabelColumnName);
            _measure = ScoreMeasure.Of(mlContext, scored, label, prefix, options.Metric);
        }
        return _measure.Of(scored);
    }

    private TrialSpace Space(int number) => new(options.Seed, number, options.CancellationToken);

    private TTransformer Watched(Func<TTransformer> fit, double share)
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        var watch = Stopwatch.StartNew();
        try
        {
            var model = fit();
            // A fit that was cancelled gives back its best so far, which is not to be compared.
            options.CancellationToken.ThrowIfCancellationRequested();
            return model;
        }
        finally
        {
            _done = (_done.Fits + 1, _done.Rows + share, _done.Elapsed + watch.Elapsed);
        }
    }

    private void Rank() => _trials.Sort((one, other) => IsBefore(one, other) ? -1 : IsBefore(other, one) ? 1 : one.Number.CompareTo(other.Number));

    private bool IsBefore(SearchTrial one, SearchTrial other) => one.Values.Count != other.Values.Count
        ? one.Values.Count > other.Values.Count
        : one.Values.Count > 0 && _measure!.IsBetter(one.Values[^1], other.Values[^1]);
}
