using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>One label in one fit: how its rows are read, and what they decide.</summary>
/// <param name="name">Name of the label column.</param>
internal abstract class LabelReader(string name)
{
    internal string Name => name;

    /// <summary>How the rows are read into tables.</summary>
    internal virtual LabelSource Source => new(name, HasClasses, Open) { Statistics = Statistics, NumbersAsRead = NumbersAsRead };

    /// <summary>Whether its numbers are those of classes, and not a measure of anything.</summary>
    private protected virtual bool HasClasses => true;

    /// <inheritdoc cref="LabelSource.NumbersAsRead"/>
    private protected virtual bool NumbersAsRead => false;

    /// <summary>Makes what is to take its values into account.</summary>
    private protected virtual LabelStatistics Statistics() => LabelStatistics.For(HasClasses);

    /// <summary>Makes what is to see each training row of a cursor before any is read, to find the values that there are; null where these are known.</summary>
    internal virtual Func<DataViewRow, Action>? Collector => null;

    /// <summary>
    /// The same where rows are read in parts, in several processes: finds also what one of them would find while it reads, but must be the same in all.
    /// </summary>
    internal virtual Func<DataViewRow, Action>? PartCollector => Collector;

    /// <summary>What the collector has found, to be merged with what was found in other parts; null where there is no collector.</summary>
    internal virtual IMergeable? Collected => null;

    /// <summary>Decides what the collected values mean.</summary>
    /// <exception cref="InvalidOperationException">Nothing can be learned from these values.</exception>
    internal virtual void Decide()
    {
    }

    /// <summary>Getter of a row's label; NaN is missing.</summary>
    internal abstract Func<float> Open(DataViewRow row, DataViewSchema.Column column);

    /// <summary>What to train for.</summary>
    /// <param name="labels">The labels of the rows to learn from, as the statistics of the <see cref="Source"/> have taken them.</param>
    /// <exception cref="InvalidOperationException">Nothing can be learned from these labels.</exception>
    internal abstract Objective Learn(LabelStatistics labels);

    /// <exception cref="InvalidOperationException">The label of validation rows means something else than that of training rows.</exception>
    internal virtual void CheckSame(DataViewSchema.Column validation)
    {
    }

    /// <summary>A sentence on values of validation rows that no training row has; null where there are none.</summary>
    internal virtual string? Unknown => null;
}

/// <summary>Collects what labels have to know of their values before rows are read.</summary>
internal static class LabelValuesPass
{
    /// <summary>Shows each row to those labels that want to see it, in one pass that reads nothing else; none where no label does.</summary>
    /// <exception cref="InvalidOperationException">Nothing can be learned from the values of a label.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static void Run(IReadOnlyList<LabelReader> readers, IDataView view, RowPass pass)
    {
        LabelReader[] collecting = [.. readers.Where(reader => reader.Collector is not null)];
        Collect([.. collecting.Select(reader => (reader.Name, reader.Collector!))], view, pass);
        foreach (var reader in collecting) reader.Decide();
    }

    /// <summary>
    /// Shows each row of a part of the rows to those labels that want to see it. What they have <see cref="LabelReader.Collected"/> in all parts is merged
    /// before they <see cref="LabelReader.Decide"/>, in each process.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static void CollectPart(IReadOnlyList<LabelReader> readers, IDataView view, RowPass pass) =>
        Collect([.. readers.Where(reader => reader.PartCollector is not null).Select(reader => (reader.Name, reader.PartCollector!))], view, pass);

    private static void Collect((string Name, Func<DataViewRow, Action> Open)[] collecting, IDataView view, RowPass pass)
    {
        if (collecting.Length == 0) return;
        using var cursor = view.GetRowCursor(collecting.Select(reader => view.Schema[reader.Name]));
        Action[] collectors = [.. collecting.Select(reader => reader.Open(cursor))];
        while (cursor.MoveNext())
        {
            pass.Next();
            foreach (var collect in collectors) collect();
        }
    }
}
