using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>The rows of a worker, read through the steps of the fit: in memory, or again in each epoch.</summary>
internal sealed class ShardRows
{
    private readonly TrainingTableReader _reader;
    private readonly ShardLabels _labels;
    private readonly StreamedView _view;
    private readonly int _number;

    // The rows to train on, where they are kept.
    private readonly TrainingTable? _training;
    private readonly TrainingTable? _validation;

    private ShardRows(
        TrainingTableReader reader, ShardLabels labels, StreamedView view, int number, TrainingTable? training, TrainingTable? validation,
        RowMeasures measures)
    {
        (_reader, _labels, _view, _number, _training, _validation, Measures) = (reader, labels, view, number, training, validation, measures);
        (_count, _skipped) = (checked((int)measures.Count), checked((int)measures.Skipped));
    }

    private readonly int _count, _skipped;

    /// <summary>What was measured of the rows to train on.</summary>
    internal RowMeasures Measures { get; }

    /// <summary>Writes what a worker needs to read its rows.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="options">The settings, whose columns are those behind the steps.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="labels">What was found of the labels in all rows.</param>
    /// <param name="heldOutShare">Share of the rows to validate on.</param>
    /// <param name="heldOutSeed">Decides which.</param>
    internal static void Write(
        BinaryWriter writer, MultiEmbeddingOptions options, IReadOnlyList<FittedStep> steps, ShardLabels labels, double heldOutShare, ulong heldOutSeed)
    {
        writer.Write(SettingsText.Write(options));
        StepsMessage.Write(writer, steps);
        labels.WriteCollected(writer);
        writer.Write(heldOutShare);
        writer.Write(heldOutSeed);
    }

    /// <summary>Reads the rows of a worker.</summary>
    /// <param name="message">What <see cref="Write"/> wrote.</param>
    /// <param name="number">Number of the worker.</param>
    /// <param name="view">The raw rows.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="closing">Ends the passes of training.</param>
    internal static ShardRows Read(BinaryReader message, int number, IDataView view, RowPass pass, CancellationToken closing)
    {
        var options = SettingsText.Read(message.ReadString());
        var data = StepsMessage.Read(message).Aggregate(view, (rows, step) => step.Transformer(warn: null).Transform(rows));
        var labels = ShardLabels.Begin(options, view.Schema);
        labels.MergeCollected(message);
        labels.Decide();
        var reader = labels.Reader(options);
        double heldOutShare = message.ReadDouble();
        // Rows of different workers may have the same ids.
        ulong heldOutSeed = new SplitMix(message.ReadUInt64() ^ (ulong)number << 32).Next();
        var source = new StreamedView(reader, data, options.ShuffleBufferRows ?? int.MaxValue, heldOutShare, heldOutSeed, closing);
        RowMeasures? measures = null;
        TrainingTable? kept = null;
        foreach (var table in source.Read(isHeldOut: false, null, pass))
        {
            measures ??= new RowMeasures(reader, table.Columns, number);
            measures.Add(table);
            if (options.ShuffleBufferRows is null) kept = table;
        }
        return new(reader, labels, source, number, kept, source.ReadHeldOut(pass), measures!);
    }

    /// <summary>The rows as they are trained on, and what is learned of them.</summary>
    /// <param name="all">What was measured of the rows of all workers, as a message.</param>
    internal (FitData Data, NetworkObjective Objective) Complete(byte[] all)
    {
        var measures = new RowMeasures(_reader, Measures.Columns, _number);
        measures.Merge(Message.Reader(all));
        float WeightOf(TrainingTable table) => (float)(table.MeanWeight / measures.MeanWeight);
        RowSource training = _training is null
            ? new StreamedRows(_view, measures, _count, targets: "")
            : new TableRows(_training.WithWeights(WeightOf(_training)), [.. Enumerable.Range(0, _count)], measures.Scales);
        var validation = _validation?.WithWeights(WeightOf(_validation));
        return (FitData.Given(training, _skipped, validation, []), _labels.Learn(measures));
    }
}
