namespace MLNet.Embeddings;

/// <summary>Trains the networks of a model, each on all rows but a fold of its own.</summary>
/// <param name="options">The settings.</param>
/// <param name="fitOf">Makes what trains a network by some settings.</param>
/// <param name="table">The rows.</param>
/// <param name="scales">Scale of each number column, by position; null for other columns.</param>
/// <param name="folds">Which rows each network does not see.</param>
/// <param name="objective">What is learned.</param>
/// <param name="vectors">The pretrained vectors that tables begin with.</param>
/// <param name="previous">The networks to go on from; null to begin anew.</param>
/// <param name="seed">Seed of everything random.</param>
/// <param name="progress">Told how far each network is.</param>
/// <param name="checkpoints">Where their states are written; null without checkpoints.</param>
/// <param name="log">Takes messages.</param>
internal sealed class MemberFits(
    MultiEmbeddingOptions options, Func<MultiEmbeddingOptions, NetworkFit> fitOf, TrainingTable table, IReadOnlyList<NumberScale?> scales, RowFolds folds,
    NetworkObjective objective, VectorTables vectors, IReadOnlyList<TrainedNetwork>? previous, int seed, FitProgress.Part[] progress,
    FitCheckpoints? checkpoints, FitLog log)
{
    private readonly (TrainedNetwork Network, TrainingHistory History)?[] _trained = new (TrainedNetwork, TrainingHistory)?[options.MemberCount];
    // What each network gives for the rows of its fold, in their order: (rows, outputs).
    private readonly float[]?[] _heldOut = new float[options.MemberCount][];

    /// <summary>The fits, to be run in any order, side by side.</summary>
    internal IReadOnlyList<Action> Fits => [.. Enumerable.Range(0, options.MemberCount).Select(member => (Action)(() => Train(member)))];

    /// <summary>For each row what the networks that have not seen it give together: (rows, outputs); NaN for rows that all have seen.</summary>
    internal float[] HeldOutScores()
    {
        float[] scores = HeldOut.Scores(table.RowCount, objective.Outputs);
        LabelShape[] labels = [.. objective.Labels.Select(label => label.Shape)];
        for (int fold = 0; fold < folds.Count; fold++)
        {
            float[][] given = [.. _heldOut.Where((_, member) => member % folds.Count == fold).OfType<float[]>()];
            if (given.Length == 0) continue;
            float[] members = new float[given.Length * objective.Outputs];
            foreach (var (i, row) in folds.HeldOutRows(fold).Index())
            {
                foreach (var (member, one) in given.Index())
                    one.AsSpan(i * objective.Outputs, objective.Outputs).CopyTo(members.AsSpan(member * objective.Outputs));
                var target = scores.AsSpan(row * objective.Outputs, objective.Outputs);
                if (given.Length == 1) members.CopyTo(target);
                else MemberAverage.Of(labels, members, target);
            }
        }
        return scores;
    }

    /// <summary>The networks, once trained, and how that went; fewer than asked for where training was cancelled.</summary>
    /// <exception cref="OperationCanceledException">Training was cancelled before an epoch of any of them was validated.</exception>
    internal (IReadOnlyList<TrainedNetwork> Networks, TrainingHistory History) Result()
    {
        var done = _trained.OfType<(TrainedNetwork Network, TrainingHistory History)>().ToArray();
        if (done.Length == 0) throw new OperationCanceledException(options.CancellationToken);
        var histories = done.Select(one => one.History).ToArray();
        bool isWhole = done.Length == _trained.Length && (folds.Count == 0 || _heldOut.All(scores => scores is not null));
        var reason = isWhole && histories.All(one => one.StopReason != StopReason.Cancelled) ? histories[0].StopReason : StopReason.Cancelled;
        return ([.. done.Select(one => one.Network)], histories[0] with
        {
            TrainingRows = folds.AllRows.Length,
            ValidationRows = folds.HeldOutCount,
            StopReason = reason,
            Networks = options.MemberCount > 1 ? histories : [],
        });
    }

    private void Train(int member)
    {
        int? fold = folds.Count > 0 ? member % folds.Count : null;
        var data = FitData.Of(
            table, fold is { } left ? folds.TrainingRows(left) : folds.AllRows, fold is { } held ? folds.HeldOutRows(held) : [], scales);
        int memberSeed = (int)RandomStreams.Key(seed, RandomPurpose.Member, member);
        try
        {
            var (network, history) = fitOf(SettingsOf(member))
                .Train(data, objective, vectors, previous?[member % previous.Count], memberSeed, log.Of(member + 1), isPart: true);
            _trained[member] = (network, history);
            if (fold is { } unseen) _heldOut[member] = Score(network, data, folds.HeldOutRows(unseen), progress[member]);
            progress[member].Finish();
        }
        catch (OperationCanceledException) when (options.CancellationToken.IsCancellationRequested)
        {
            // Other networks may have got so far that there is a model.
        }
    }

    private MultiEmbeddingOptions SettingsOf(int member) => options with
    {
        NumberOfThreads = options.MemberCount > 1 ? 1 : options.NumberOfThreads,
        Progress = progress[member].Network,
        Checkpoints = checkpoints?.OfNetwork(member + 1),
    };

    private float[] Score(TrainedNetwork trained, FitData data, int[] rows, FitProgress.Part part)
    {
        const int RowsAtOnce = 256;
        var network = new ColumnNetwork(trained.Shape, new TrainedParameters(trained), threads: 1, DropoutPlan.None);
        int next = 0, outputs = objective.Outputs;
        float[] scores = new float[rows.Length * outputs];
        foreach (var batch in data.RowsInOrder(rows, RowsAtOnce))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            part.Beat();
            network.Score(batch);
            for (int i = 0; i < batch.RowCount; i++) network.ScoresOf(i).CopyTo(scores.AsSpan(next++ * outputs));
        }
        return scores;
    }
}
