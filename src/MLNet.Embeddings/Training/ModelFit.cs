using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>One fit of a <see cref="MultiEmbeddingTrainer"/>: reads the columns, trains the networks and the wide part, and puts them together.</summary>
/// <param name="environment">The context.</param>
/// <param name="options">The settings.</param>
/// <param name="tasks">The labels.</param>
/// <param name="namesLabels">True if the names of score columns begin with that of their label.</param>
/// <param name="seed">Seed of everything random.</param>
/// <param name="log">Takes messages.</param>
/// <param name="passes">The passes over the rows; null where these are in the view that is trained on.</param>
/// <param name="rounds">Trains the network by workers; null to train in this process.</param>
internal sealed class ModelFit(
    IHostEnvironment environment, MultiEmbeddingOptions options, IReadOnlyList<LabelTask> tasks, bool namesLabels, int seed, FitLog log,
    FitPasses? passes = null, RoundTraining? rounds = null)
{
    private LabelColumn[] Labels => [.. tasks.Select(task => task.Label)];

    internal MultiEmbeddingTransformer Train(IDataView training, IDataView? validation, MultiEmbeddingTransformer? previous)
    {
        RequireColumns(training);
        if (validation is not null) ValidationData.Check(() => RequireColumns(validation));
        bool holdsOut = validation is not null || options.ValidationFraction > 0;
        var progress = new FitProgress(options.Progress, rounds is null ? training.GetRowCount() : null);
        var rows = passes ?? new ViewPasses(training, environment.Register(nameof(ModelFit)));
        var facts = options.NeedsFacts ? Facts(rows, training.Schema.Count, progress) : ViewFacts.None;
        var earlier = previous?.History.Settings is { } before ? SettingsText.Read(before) : null;
        var columns = options.Columns.Count > 0 ? options.Columns : earlier?.Columns ?? facts.Columns;
        if (columns.Count == 0)
        {
            throw new InvalidOperationException(
                "The data has no column to learn from: beside labels, weight and ids there is none of a type that can be read. Name the columns in Columns, " +
                "or check how the data is loaded.");
        }
        var choices = new Choices(options with { Columns = columns }, facts, earlier);
        var costs = new FitCosts(choices.Options, facts, choices.Wide);
        bool searches = choices.Chooses && !choices.IsOneNetwork && previous is null && options.Effort == TrainingEffort.Thorough && holdsOut;
        var stages = FitStages.Plan(
            progress, choices.Options, costs, SettingsSearch.Rounds(searches ? choices.Candidates(choices.Options).Count() : 1));
        var planner = new InputPlanner(
            environment, choices.Options.Columns, choices.Wide, rows, previous?.Steps ?? [], log, costs, stages.Indexing, options.CancellationToken);
        var plan = planner.Plan(training);
        var data = plan.Apply(training);
        var settings = new SettingWarnings(options, validation is not null, ClosedSide.GpuOf(environment).DeviceId);
        foreach (string warning in settings.OfModel(choices.Options, plan.Columns, data.Schema, goesOn: previous is not null)) log.Warn(warning);
        var validated = validation is null ? null : ValidationData.Read(() => plan.Apply(validation));
        var read = choices.Options with { Columns = plan.Columns };
        var vectors = VectorTables.Read(plan.Columns, data.Schema, seed, table => stages.Reading.Pass(table, 0, options.CancellationToken, items: 0));
        if (options.Columns.Count == 0) TellColumns(columns, facts);
        var (model, history, chosen) = rounds is not null ? TrainRounds(rounds, read, facts.Rows, plan, data, vectors, stages)
            : choices.IsOneNetwork ? TrainOne(read, plan, data, validated, vectors, previous, stages)
            : TrainMembers(read, choices, plan, data, validated, vectors, previous, stages);
        if (options.Checkpoints is { } checkpoints && history.StopReason != StopReason.Cancelled)
            new FitCheckpoints(checkpoints, read.MemberCount).Delete(log);
        progress.Complete();
        foreach (string loss in plan.All.Select(column => column.Name).Distinct().Select(name => KeyColumn.LossesOf(data.Schema[name])).OfType<string>())
            log.Warn(loss, MessageSensitivity.UserData);
        string text = SettingsText.Write(chosen with { Columns = choices.Options.Columns, Seed = seed });
        return new MultiEmbeddingTransformer(plan.StepsIn(environment), model, history with { Settings = text, Warnings = log.Warnings });
    }

    private ViewFacts Facts(FitPasses rows, int all, FitProgress progress)
    {
        int columns = options.Columns.Count > 0 ? options.Columns.Count : all;
        var profiling = progress.Add(TrainingPhase.Profiling, rows => rows * FitCosts.Profiling(columns));
        string[] given = [.. options.Columns.Select(column => column.Name)], labels = [.. Labels.Select(label => label.Name)];
        string[] left = options.ExampleWeightColumnName is { } weight ? [.. labels, weight] : labels;
        var facts = rows.Facts(given, left, profiling.Pass(null, 1, options.CancellationToken));
        profiling.Finish();
        return facts;
    }

    private void RequireColumns(IDataView view)
    {
        foreach (var column in options.Columns) RawInputs.Require(column, (role, name) => InputType.Of(view.Schema.Find(role, name)));
    }

    /// <summary>Tells how columns are read that nobody named, in one table.</summary>
    private void TellColumns(IReadOnlyList<InputColumn> columns, ViewFacts facts)
    {
        var read = columns.ToDictionary(column => column.Name);
        int width = facts.Profiles.Keys.Select(name => name.Length).DefaultIfEmpty().Max();
        var rows = facts.Profiles.Values.Select(profile =>
        {
            string kind = read.TryGetValue(profile.Name, out var column) ? column.GetType().Name.Replace("Column", "") : "left out";
            return $"  {profile.Name.PadRight(width)}  {kind,-8}  {profile.Describe(facts.Rows)}";
        });
        log.Info($"No columns are named; they are read as:\n{string.Join('\n', rows)}", MessageSensitivity.Schema);
    }

    private (TrainedModel Model, TrainingHistory History, MultiEmbeddingOptions Settings) TrainOne(
        MultiEmbeddingOptions read, InputPlan plan, IDataView training, IDataView? validation, VectorTables vectors, MultiEmbeddingTransformer? previous,
        FitStages stages)
    {
        var (data, objective) = LabelledData(read, previous, stages).Read(training, validation, seed);
        using var owned = data;
        stages.Reading.Finish();
        Report(data.SkippedRows, data.TrainingCount, data.ValidationCount, data.Bytes);
        WarnOfUnknown(read.Columns, data.Columns, data.CountKeys);
        var coverage = vectors.Coverage(data.CountKeys, log);
        var (network, history) = NetworkFit(read with { Progress = stages.Networks[0].Network })
            .Train(data, objective, vectors, previous?.Model.Networks[0], seed, log);
        stages.Networks[0].Finish();
        return (new TrainedModel(network), history with { VectorCoverage = coverage, Data = plan.Describe(data.Tally) }, read);
    }

    private (TrainedModel Model, TrainingHistory History, MultiEmbeddingOptions Settings) TrainRounds(
        RoundTraining training, MultiEmbeddingOptions read, long rows, InputPlan plan, IDataView schema, VectorTables vectors, FitStages stages)
    {
        var measured = training.Measure(read, plan, schema, rows, seed, stages.Reading);
        var measures = measured.Rows;
        long[] Counts(int column) => measures.KeyCounts[column]!;
        WarnOfUnknown(read.Columns, measures.Columns, Counts);
        var coverage = vectors.Coverage(Counts, log);
        var reported = read with { Progress = stages.Networks[0].Network };
        var (network, history) = training.Train(NetworkFit(reported), reported, measured, vectors, seed, () =>
        {
            stages.Reading.Finish();
            Report(training.SkippedRows, training.TrainingRows, training.ValidationRows, training.Bytes);
        });
        stages.Networks[0].Finish();
        return (new TrainedModel(network), history with { VectorCoverage = coverage, Data = plan.Describe(column => measures.Tallies[column]) }, read);
    }

    private (TrainedModel Model, TrainingHistory History, MultiEmbeddingOptions Settings) TrainMembers(
        MultiEmbeddingOptions read, Choices choices, InputPlan plan, IDataView training, IDataView? validation, VectorTables vectors,
        MultiEmbeddingTransformer? previous, FitStages stages)
    {
        var (all, folds, objective) = LabelledData(read with { Columns = plan.All }, previous, stages)
            .ReadFolds(training, validation, read.MemberCount, seed);
        if (previous is not null) objective = new WarmStart(previous.Model.Networks[0]).Adopt(objective);
        int networkColumns = plan.Columns.Count;
        var table = all with { Columns = [.. all.Columns.Take(networkColumns)] };
        var wideTable = all with { Columns = [.. all.Columns.Skip(networkColumns)] };
        var trained = new TableRows(table, folds.AllRows, []);
        WarnOfUnknown(plan.Columns, table.Columns, trained.CountKeys);
        Report(all.SkippedRows, folds.AllRows.Length, folds.HeldOutCount, all.Bytes);
        var coverage = vectors.Coverage(trained.CountKeys, log);

        var scales = table.Scales(folds.AllRows, stages.Reading.Pass(null, 0, read.CancellationToken, networkColumns));
        stages.Reading.Finish();
        var checkpoints = read.Checkpoints is { } given ? new FitCheckpoints(given, read.MemberCount) : null;
        var rows = checkpoints is null ? [] : CheckpointSettings.OfRows(seed, Labels, all, folds);
        if (stages.Search.Count > 0)
        {
            MultiEmbeddingOptions[] candidates = [.. choices.Candidates(read)];
            var kept = checkpoints is null ? null : new PartKeeper(checkpoints.Search, SettingsSearch.Identity(candidates, table, scales, vectors, rows), log);
            read = new SettingsSearch(NetworkFit, table, scales, folds, objective, vectors, seed, stages.Search, kept, log).Best(candidates);
        }
        var members = new MemberFits(
            read, NetworkFit, table, scales, folds, objective, vectors, previous?.Model.Networks, seed, stages.Networks, checkpoints, log);
        var wide = plan.WideColumns.Count == 0
            ? null
            : new WideFit(plan.WideColumns, wideTable, folds, objective, previous?.Model.Wide, read.CancellationToken, stages.Wide,
                checkpoints is null ? null : settings => new PartKeeper(
                    checkpoints.Wide, rows.Concat(settings.Select(one => KeyValuePair.Create(one.Name, one.Value))).ToDictionary(), log));
        SideBySide.Run(read.Threads, [.. wide is null ? Array.Empty<Action>() : [wide.Train], .. members.Fits]);
        var (model, history) = Weigh(read, members, wide, folds, objective, new RowBatch([], all.Labels, all.Weights), stages.Weighing);
        return (model, history with { VectorCoverage = coverage, Data = plan.Describe(trained.Tally) }, read);
    }

    /// <summary>The networks and the wide part as one model, weighed by what each gives for rows that it has not seen.</summary>
    private (TrainedModel Model, TrainingHistory History) Weigh(
        MultiEmbeddingOptions read, MemberFits members, WideFit? wide, RowFolds folds, NetworkObjective objective, RowBatch labels,
        FitProgress.Part progress)
    {
        var (networks, history) = members.Result();
        float[] heldOut = members.HeldOutScores();
        int[] unseen = [.. folds.HeldOutRows().Where(row => !float.IsNaN(heldOut[row * objective.Outputs]))];
        MixtureWeights[] mixture = [];
        if (wide?.Trained is not null)
        {
            mixture = new MixtureFit(objective, labels, unseen, progress, read.CancellationToken).Find(heldOut, wide.HeldOutScores);
            log.Info(string.Create(CultureInfo.InvariantCulture,
                $"Scores are networks × {mixture[0].Networks:F2} + wide part × {mixture[0].Wide:F2}{(mixture.Length > 1 ? " for the first label" : "")}."));
        }
        if (wide is not null && read.CancellationToken.IsCancellationRequested) history = history with { StopReason = StopReason.Cancelled };
        if (history.StopReason == StopReason.Cancelled)
        {
            string part = wide is null ? "" : wide.Trained is null ? ", without the wide part" : ", with the wide part";
            log.Warn($"Training was cancelled; the model has {networks.Count} of {read.MemberCount} networks{part}.");
        }
        var metrics = HeldOut.Measure(objective, labels, unseen, heldOut, wide?.Trained is null ? null : wide.HeldOutScores, mixture);
        return (new TrainedModel(networks, wide?.Trained, mixture), history with { HeldOutMetrics = metrics });
    }

    private LabelledDataReader LabelledData(MultiEmbeddingOptions read, MultiEmbeddingTransformer? previous, FitStages stages) =>
        new(read, tasks, namesLabels, previous?.Model.Shape.Labels ?? [], stages.Reading, log);

    private NetworkFit NetworkFit(MultiEmbeddingOptions read) => new(environment, read, Labels, namesLabels);

    /// <summary>Tells of columns of keys, made before the trainer, that are unknown for the most part.</summary>
    private void WarnOfUnknown(IReadOnlyList<InputColumn> read, IReadOnlyList<ColumnData> data, Func<int, long[]> count)
    {
        foreach (var (i, column) in read.Index())
        {
            if (data[i] is not TermData { HasUnknown: true } || options.Columns.All(given => given.Name != column.Name)) continue;
            if (FitWarnings.OfUnknown(column.Name, count(i)) is { } warning) log.Warn(warning, MessageSensitivity.Schema);
        }
    }

    private void Report(int skipped, int trained, int validated, long bytes)
    {
        if (skipped > 0)
        {
            string names = string.Join(", ", tasks.Select(task => $"'{task.Label.Name}'"));
            log.Warn($"{skipped} rows were left out because their {(tasks.Count == 1 ? $"label {names} is" : $"labels {names} are all")} missing.");
        }
        log.Info(FitData.Describe(trained, validated, bytes));
    }
}
