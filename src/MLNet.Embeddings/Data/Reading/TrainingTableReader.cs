using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads a data view into training tables, each row once.</summary>
/// <param name="Columns">The input columns.</param>
/// <param name="Labels">The label columns; rows that have none of them are left out.</param>
/// <param name="WeightColumnName">Name of the column of example weights; null for none.</param>
internal sealed record TrainingTableReader(
    IReadOnlyList<InputColumn> Columns, IReadOnlyList<LabelSource> Labels, string? WeightColumnName)
{
    /// <summary>All rows in one table.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be used.</exception>
    /// <exception cref="InvalidOperationException">A value cannot be used, or no row has a label.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal TrainingTable Read(IDataView view, RowPass pass)
    {
        var table = Read(view, int.MaxValue, null, null, pass).Single();
        if (table.RowCount == 0) throw NoRows(table.SkippedRows);
        RequireWeights(table.MeanWeight, table.RowCount);
        return table;
    }

    /// <summary>The rows in tables of so many rows each, the last one with those that are left.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="rowsPerTable">Rows of a table.</param>
    /// <param name="takes">Which rows to take, by their ids, which are the same in each pass; null for all.</param>
    /// <param name="shuffle">Source of the order of the rows where the view can shuffle them; null for its own order.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="takeOthers">Receives the other rows, all in one table, in the end; null where nobody wants them.</param>
    /// <inheritdoc cref="Read(IDataView, RowPass)" path="/exception"/>
    internal IEnumerable<TrainingTable> Read(
        IDataView view, int rowsPerTable, Func<DataViewRowId, bool>? takes, Random? shuffle, RowPass pass, Action<TrainingTable>? takeOthers = null)
    {
        var schema = view.Schema;
        DataViewSchema.Column[] labels = [.. Labels.Select(label => schema.Find("label", label.Name))];
        DataViewSchema.Column? weight = WeightColumnName is null ? null : schema.Find("example weight", WeightColumnName);
        if (weight is { } weighed) InputType.Of(weighed).RequireWeight(weighed.Name);
        foreach (var column in Columns) column.Require((role, name) => InputType.Of(schema.Find(role, name)));
        Columns.RequireOneVocabularyPerTable(schema);
        var needed = Columns.Select(column => schema[column.Name]).Concat(labels);
        if (weight is { } read) needed = needed.Append(read);

        using var cursor = view.GetRowCursor(needed, view.CanShuffle ? shuffle : null);
        var id = cursor.GetIdGetter();
        var rowId = default(DataViewRowId);
        var collector = new RowCollector(Columns, Labels, cursor, weight, Math.Clamp(view.GetRowCount() ?? 0, 0, rowsPerTable));
        var others = takeOthers is null ? null : new RowCollector(Columns, Labels, cursor, weight, rows: 0);
        bool isFirst = true;
        while (cursor.MoveNext())
        {
            pass.Next();
            if (takes is not null)
            {
                id(ref rowId);
                if (!takes(rowId))
                {
                    others?.Add();
                    continue;
                }
            }
            collector.Add();
            if (collector.Count < rowsPerTable) continue;
            isFirst = false;
            yield return collector.Take();
        }
        if (isFirst || collector.Count > 0) yield return collector.Take();
        if (others is not null) takeOthers!(others.Take());
    }

    /// <exception cref="InvalidOperationException">All weights are 0.</exception>
    internal void RequireWeights(double mean, int rows)
    {
        if (mean > 0) return;
        throw new InvalidOperationException($"The example weight column '{WeightColumnName}' is 0 in all {rows} rows; some must be above 0.");
    }

    internal InvalidOperationException NoRows(int skipped)
    {
        if (skipped == 0) return new("The data has no rows; some are needed. Check the path and the filters before the trainer.");
        string[] told = [.. Labels.Select(label => label.DescribeNone(skipped)).OfType<string>()];
        return new(told.Length > 0 ? string.Join(' ', told) : $"The label {LabelNames} missing in all {skipped} rows; rows with a label are needed.");
    }

    /// <summary>Why rows of validation data are left out, in words behind "because".</summary>
    internal string ReasonsToLeaveOut => string.Join(" and ", Labels.Select(label => label.ReasonToLeaveOut));

    private string LabelNames => Labels.Count == 1
        ? $"column '{Labels[0].Name}' is"
        : $"columns {string.Join(", ", Labels.Select(label => $"'{label.Name}'"))} are";
}

/// <summary>A label column and how it is read.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="HasClasses">Whether its values are the numbers of classes, from 0.</param>
/// <param name="Open">Makes the getter of a row's label; NaN is missing.</param>
internal sealed record LabelSource(string Name, bool HasClasses, Func<DataViewRow, DataViewSchema.Column, Func<float>> Open)
{
    /// <summary>Says why none of so many rows can be used; null where the label is simply missing.</summary>
    internal Func<int, string?> DescribeNone { get; init; } = _ => null;

    /// <summary>Makes what takes its values into account, to learn what there is to train for.</summary>
    internal Func<LabelStatistics> Statistics { get; init; } = () => LabelStatistics.For(HasClasses);

    /// <summary>Whether the numbers of its classes go by the rows that were read, so that in parts of the rows they mean different things.</summary>
    internal bool NumbersAsRead { get; init; }

    /// <summary>The statistics of some values; NaN is missing.</summary>
    internal LabelStatistics Measure(ReadOnlySpan<float> values)
    {
        var statistics = Statistics();
        statistics.Add(values);
        return statistics;
    }

    /// <summary>Why a row of validation data is left out, in words behind "because".</summary>
    internal string ReasonToLeaveOut { get; init; } = $"label '{Name}' is missing";
}

/// <summary>Reads example weights.</summary>
internal static class WeightReading
{
    internal static Func<double> Of(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = NumberReading.Scalar(row, column);
        return () => getter() is >= 0 and < double.PositiveInfinity and var weight ? weight : throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture, $"The example weight column '{column.Name}' holds {getter()} in row {row.Position}; weights must be finite, and 0 " +
            $"or more. Replace the value, or filter the row out."));
    }
}
