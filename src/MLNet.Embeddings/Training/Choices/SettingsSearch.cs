using System.Globalization;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Chooses among settings by successive halving (Jamieson and Talwalkar 2016, arXiv 1502.07943): all are tried for a short time, the better half for
/// longer.</summary>
/// <param name="fitOf">Makes what trains a network by some settings.</param>
/// <param name="table">The rows.</param>
/// <param name="folds">Of which the first is held out.</param>
/// <param name="objective">What is learned.</param>
/// <param name="vectors">The pretrained vectors that tables begin with.</param>
/// <param name="seed">Seed of everything random.</param>
/// <param name="progress">Told how far training is; null if nobody asks.</param>
/// <param name="channel">Takes messages.</param>
internal sealed class SettingsSearch(
    Func<MultiEmbeddingOptions, NetworkFit> fitOf, TrainingTable table, RowFolds folds, NetworkObjective objective, VectorTables vectors, int seed,
    FitProgress? progress, IChannel channel)
{
    /// <summary>Of the epochs, those of the first round: one in so many.</summary>
    private const int FirstShare = 4;

    private readonly IReadOnlyList<NumberScale?> _scales =
        [.. table.Columns.Select(column => NumberStatistics.Measure(column, table.LabelValues, folds.AllRows))];

    /// <summary>For each network that a search among so many settings trains, the share of the epochs that it takes.</summary>
    internal static IEnumerable<double> Shares(int candidates)
    {
        for (int share = FirstShare; candidates > 1; (share, candidates) = (Math.Max(1, share / 2), share == 1 ? 1 : (candidates + 1) / 2))
        {
            foreach (double one in Enumerable.Repeat(1.0 / share, candidates)) yield return one;
        }
    }

    /// <summary>The best of some settings; the first where the search is cancelled.</summary>
    internal MultiEmbeddingOptions Best(IEnumerable<MultiEmbeddingOptions> candidates)
    {
        MultiEmbeddingOptions[] left = [.. candidates];
        for (int share = FirstShare; left.Length > 1; share = Math.Max(1, share / 2))
        {
            double[] losses = new double[left.Length];
            MultiEmbeddingOptions[] tried = left;
            var parts = progress?.Next(left.Length, TrainingPhase.Search);
            SideBySide.Run(left[0].Threads, [.. left.Select((settings, i) => (Action)(() => losses[i] = Loss(settings, share, parts?[i])))]);
            if (left[0].CancellationToken.IsCancellationRequested) return left[0];
            left = [.. tried.Zip(losses).OrderBy(one => one.Second).Take((left.Length + 1) / 2).Select(one => one.First)];
            if (share == 1 && left.Length > 1) left = [left[0]];
        }
        channel.Info(MessageSensitivity.None, string.Create(CultureInfo.InvariantCulture,
            $"The search chose hidden units [{string.Join(", ", left[0].HiddenUnits)}], learning rate {left[0].LearningRate}, dropout " +
            $"{left[0].Regularization.Dropout}, unknown dropout {left[0].Regularization.UnknownDropout}."));
        return left[0];
    }

    private double Loss(MultiEmbeddingOptions settings, int share, FitProgress.Part? part)
    {
        int epochs = Math.Max(1, settings.MaxEpochsFor(table.RowCount) / share);
        var data = FitData.Of(table, folds.TrainingRows(0), folds.HeldOutRows(0), _scales);
        var fit = fitOf(settings with { MaxEpochs = epochs, NumberOfThreads = 1, Progress = part, Checkpoints = null });
        try
        {
            var (_, history) = fit.Train(data, objective, vectors, previous: null, seed, new MemberChannel(channel, member: null));
            part?.Finish();
            return history.Epochs.Min(epoch => epoch.ValidationLoss) ?? double.PositiveInfinity;
        }
        catch (OperationCanceledException) when (settings.CancellationToken.IsCancellationRequested)
        {
            return double.PositiveInfinity;
        }
        catch (InvalidOperationException)
        {
            // The loss is no longer a number: not the settings to take.
            return double.PositiveInfinity;
        }
    }
}
