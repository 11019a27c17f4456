using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>Chooses among settings by successive halving (Jamieson and Talwalkar 2016, arXiv 1502.07943): all are tried for a short time, the better half for
/// longer.</summary>
/// <param name="fitOf">Makes what trains a network by some settings.</param>
/// <param name="table">The rows.</param>
/// <param name="scales">Scale of each number column, by position; null for other columns.</param>
/// <param name="folds">Of which the first is held out.</param>
/// <param name="objective">What is learned.</param>
/// <param name="vectors">The pretrained vectors that tables begin with.</param>
/// <param name="seed">Seed of everything random.</param>
/// <param name="rounds">Told how far the networks of each round are.</param>
/// <param name="kept">Keeps the losses of trials; null where there are no checkpoints.</param>
/// <param name="log">Takes messages.</param>
internal sealed class SettingsSearch(
    Func<MultiEmbeddingOptions, NetworkFit> fitOf, TrainingTable table, IReadOnlyList<NumberScale?> scales, RowFolds folds, NetworkObjective objective,
    VectorTables vectors, int seed, IReadOnlyList<FitProgress.Part[]> rounds, PartKeeper? kept, FitLog log)
{
    /// <summary>Of the epochs, those of the first round: one in so many.</summary>
    private const int FirstShare = 4;

    private readonly Dictionary<string, double> _losses = [];

    /// <summary>The rounds of a search among so many settings: how many are tried in each, and for which part of the epochs, one in so many.</summary>
    internal static IEnumerable<(int Count, int Share)> Rounds(int candidates)
    {
        for (int share = FirstShare; share > 0 && candidates > 1; (share, candidates) = (share / 2, (candidates + 1) / 2)) yield return (candidates, share);
    }

    /// <summary>What a search must be the same for to go on.</summary>
    /// <param name="candidates">The settings to choose from, those of which the others are made first.</param>
    /// <param name="table">The rows.</param>
    /// <param name="scales">Scale of each number column, by position; null for other columns.</param>
    /// <param name="vectors">The pretrained vectors that tables begin with.</param>
    /// <param name="rows">What stands for the labels of the rows, and for those that are held out.</param>
    internal static IReadOnlyDictionary<string, string> Identity(
        IReadOnlyList<MultiEmbeddingOptions> candidates, TrainingTable table, IEnumerable<NumberScale?> scales, VectorTables vectors,
        IReadOnlyDictionary<string, string> rows)
    {
        var chosen = candidates[0];
        int epochs = chosen.MaxEpochsFor(table.RowCount);
        Dictionary<string, string> settings = new(rows.Concat(CheckpointSettings.OfSteps(chosen, table.RowCount)))
        {
            [nameof(chosen.MaxEpochs)] = CheckpointSettings.Text(epochs),
            [nameof(chosen.Patience)] = CheckpointSettings.Text(chosen.PatienceFor(epochs)),
            ["settings to choose from"] = string.Join("; ", candidates.Select(Describe)),
            ["numbers of the data"] = CheckpointSettings.Hash(scales.SelectMany(scale => scale?.Arrays ?? []).Select(array => array.Values)),
            ["pretrained vectors"] = CheckpointSettings.Hash(vectors.Starts.Values.Select(start => start.Values)),
        };
        foreach (var (column, data) in chosen.Columns.Zip(table.Columns))
        {
            string keys = data is TermData terms ? $", {terms.KeyCount} keys {terms.Terms?.Checksum(terms.KeyCount)}" : "";
            settings[$"column '{column.Name}'"] = CheckpointSettings.Text(column) + keys;
        }
        return settings;
    }

    /// <summary>The best of some settings.</summary>
    /// <exception cref="OperationCanceledException">The search was cancelled, so that no network is trained yet.</exception>
    internal MultiEmbeddingOptions Best(IReadOnlyList<MultiEmbeddingOptions> candidates)
    {
        MultiEmbeddingOptions[] left = [.. candidates];
        foreach (var (trial, loss) in kept?.Read()?.Numbers ?? new Dictionary<string, double>()) _losses[trial] = loss;
        foreach (var (round, (count, share)) in Rounds(candidates.Count).Index())
        {
            var tried = left[..count];
            double[] losses = new double[count];
            SideBySide.Run(tried[0].Threads, [.. tried.Select((settings, i) => (Action)(() => losses[i] = Loss(settings, share, rounds[round][i])))]);
            tried[0].CancellationToken.ThrowIfCancellationRequested();
            left = [.. tried.Zip(losses).OrderBy(one => one.Second).Select(one => one.First)];
        }
        log.Info($"The search chose {Describe(left[0])}.");
        return left[0];
    }

    private static string Describe(MultiEmbeddingOptions settings) => string.Create(CultureInfo.InvariantCulture,
        $"hidden units [{string.Join(", ", settings.HiddenUnits)}], learning rate {settings.LearningRate}, dropout {settings.Regularization.Dropout}, " +
        $"unknown dropout {settings.Regularization.UnknownDropout}");

    private double Loss(MultiEmbeddingOptions settings, int share, FitProgress.Part part)
    {
        string trial = $"{part.Number} of {part.Count}";
        bool isKnown;
        double loss;
        lock (_losses) isKnown = _losses.TryGetValue(trial, out loss);
        if (!isKnown)
        {
            loss = Train(settings, share, part);
            if (settings.CancellationToken.IsCancellationRequested) return loss;
            lock (_losses)
            {
                _losses[trial] = loss;
                kept?.Write(_losses, new Dictionary<string, WeightArray>());
            }
        }
        part.Finish();
        return loss;
    }

    private double Train(MultiEmbeddingOptions settings, int share, FitProgress.Part part)
    {
        int epochs = Math.Max(1, settings.MaxEpochsFor(table.RowCount) / share);
        var data = FitData.Of(table, folds.TrainingRows(0), folds.HeldOutRows(0), scales);
        var fit = fitOf(settings with { MaxEpochs = epochs, NumberOfThreads = 1, Progress = part.Network, Checkpoints = null });
        try
        {
            var (_, history) = fit.Train(data, objective, vectors, previous: null, seed, log.Of(member: null));
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
