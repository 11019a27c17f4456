using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>A worker of a fit that several share: it has rows of its own, and does with them what it is asked for. Asked for one thing at a time.</summary>
/// <param name="context">The context.</param>
/// <param name="number">Its number among the workers, from 0.</param>
/// <param name="view">Its rows.</param>
internal sealed class ShardWorker(MLContext context, int number, IDataView view) : IDisposable
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly IHost _host = ((IHostEnvironment)context).Register(nameof(ShardWorker));
    private long _rowsRead;
    private ShardRows? _rows;
    private RoundWorker? _rounds;

    /// <summary>Rows that were read in the pass at hand.</summary>
    internal long RowsRead => Volatile.Read(ref _rowsRead);

    /// <summary>Answers a call.</summary>
    /// <param name="call">What is asked for.</param>
    /// <param name="message">What that is about.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="WorkerLostException">It does not have what the call goes on from.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    internal MessageBuffer Answer(WorkerCall call, MessageBuffer message, CancellationToken cancellation)
    {
        _rowsRead = 0;
        var pass = new RowPass(cancellation, rows => Volatile.Write(ref _rowsRead, rows));
        var reader = message.Reader();
        return call == WorkerCall.Schema
            ? MessageBuffer.Of(SchemaMessage.Write(context, view))
            : Message.Rent(writer => Answer(call, reader, writer, pass, cancellation));
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _rounds?.Dispose();
        _disposed.Dispose();
    }

    private void Answer(WorkerCall call, BinaryReader reader, BinaryWriter writer, RowPass pass, CancellationToken cancellation)
    {
        switch (call)
        {
            case WorkerCall.Profile: ViewFacts.Of(view, reader.ReadTexts(), reader.ReadTexts(), pass).Write(writer); break;
            case WorkerCall.CountTerms:
                using (var counts = TermPass.Run(TermRequest.Read(reader.ReadString()), view, pass, _host)) counts.Write(writer);
                break;
            case WorkerCall.FindDates: DateStatistics.Of(view, reader.ReadString(), pass).Write(writer); break;
            case WorkerCall.CollectLabels:
                var labels = ShardLabels.Begin(SettingsText.Read(reader.ReadString()), view.Schema);
                LabelValuesPass.CollectPart(labels.Readers, view, pass);
                labels.WriteCollected(writer);
                break;
            case WorkerCall.Measure:
                _rows = ShardRows.Read(reader, number, view, pass, _disposed.Token);
                _rows.Measures.Write(writer);
                break;
            case WorkerCall.Begin: Begin(reader).Write(writer); break;
            default: (_rounds ?? throw new WorkerLostException()).Answer(call, reader, writer, cancellation); break;
        }
    }

    private WorkerRows Begin(BinaryReader reader)
    {
        var rows = _rows ?? throw new WorkerLostException();
        var start = RoundStart.Read(reader);
        var (data, objective) = rows.Complete(start.Measures);
        var initial = ColumnNetwork.Draw(start.Shape, start.Seed, start.Vectors);
        int seed = RoundWorker.SeedOf(start.Seed, number);
        var network = new KernelColumns(start.Shape, initial, start.Options.EngineSettings(seed) with { Threads = start.Threads, AveragingDecay = 0 });
        _rounds?.Dispose();
        _rounds = new RoundWorker(network, data, objective, start.Options, start.Rounds, start.BatchRows, seed);
        return _rounds.Rows(data.Bytes);
    }
}

/// <summary>The labels of a fit, as a worker or the coordinator reads them.</summary>
/// <param name="Readers">What reads them.</param>
/// <param name="NamesLabels">True if the names of score columns begin with that of their label.</param>
internal sealed record ShardLabels(IReadOnlyList<LabelReader> Readers, bool NamesLabels)
{
    /// <exception cref="ArgumentOutOfRangeException">A label column is missing or of a type that the task cannot learn.</exception>
    internal static ShardLabels Begin(MultiEmbeddingOptions options, DataViewSchema schema) => new(
    [
        .. options.Labels.Select(LabelTask.Of).Select(task =>
        {
            var column = schema.Find("label", task.Label.Name);
            task.CheckType(InputType.Of(column));
            return task.Begin(column, previous: null);
        }),
    ], options.Labels.Count > 1);

    /// <summary>Writes what was found of the labels.</summary>
    internal void WriteCollected(BinaryWriter writer)
    {
        foreach (var collected in Readers.Select(reader => reader.Collected).OfType<IMergeable>()) collected.Write(writer);
    }

    /// <summary>Adds what others have found.</summary>
    internal void MergeCollected(BinaryReader reader)
    {
        foreach (var collected in Readers.Select(label => label.Collected).OfType<IMergeable>()) collected.Merge(reader);
    }

    /// <summary>Decides what it means, when all of it is here.</summary>
    /// <exception cref="InvalidOperationException">Nothing can be learned from the values of a label.</exception>
    internal void Decide()
    {
        foreach (var label in Readers.Where(label => label.Collected is not null)) label.Decide();
    }

    /// <summary>What reads rows.</summary>
    internal TrainingTableReader Reader(MultiEmbeddingOptions options) =>
        new(options.Columns, [.. Readers.Select(label => label.Source)], options.ExampleWeightColumnName);

    /// <summary>What is learned of rows.</summary>
    internal NetworkObjective Learn(RowMeasures measures) => new([.. Readers.Select((label, i) => label.Learn(measures.Labels[i]))], NamesLabels);
}
