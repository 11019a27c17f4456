using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>Reads a row's values into the batches, of this one row, that networks and wide part take.</summary>
internal sealed class RowReader
{
    private readonly RowCell[] _cells;
    private readonly Action[] _reads;

    internal RowReader(StandaloneModel model)
    {
        _cells = Array.ConvertAll(model.Columns, CellOf);
        var sources = new RowSources(model.Steps, model.Columns, _cells);
        List<Action> reads = [];
        Batch = BatchOf(model.Inputs, sources, reads);
        WideBatch = model.WideInputs.Length > 0 ? BatchOf(model.WideInputs, sources, reads) : null;
        _reads = [.. reads];
    }

    /// <summary>The row as the networks take it.</summary>
    internal RowBatch Batch { get; }

    /// <summary>The row as the wide part takes it; null without one.</summary>
    internal RowBatch? WideBatch { get; }

    /// <summary>Reads a row.</summary>
    /// <param name="values">The values of the raw columns, in their order; null is missing.</param>
    /// <exception cref="ArgumentException">A value cannot be that of its column.</exception>
    internal void Read(object?[] values)
    {
        for (int i = 0; i < _cells.Length; i++) _cells[i].Set(values[i]);
        foreach (var read in _reads) read();
    }

    private static RowCell CellOf(RawColumn column) => column.Kind switch
    {
        RowValueKind.Number => Cell(column, new NumberConverter<double>(double.NaN)),
        RowValueKind.Key => Cell(column, new KeyConverter((ulong)column.KeyCount)),
        _ when column.DateFormat is { } format => Cell(column, new DateTextConverter(format)),
        RowValueKind.Date => Cell(column, new DateTimeConverter()),
        RowValueKind.Time => Cell(column, new TimeSpanConverter()),
        _ => Cell(column, new TextConverter()),
    };

    private static RowCell Cell<T>(RawColumn column, ValueConverter<T> converter) where T : struct =>
        column.IsList ? new VectorCell<T>(column.Name, converter, column.Size) : new ScalarCell<T>(column.Name, converter);

    private static RowBatch BatchOf(ReadColumn[] inputs, RowSources sources, List<Action> reads) =>
        new(Array.ConvertAll(inputs, input => Open(input, sources, reads)), [], []) { RowCount = 1 };

    private static ColumnBatch Open(ReadColumn input, RowSources sources, List<Action> reads)
    {
        switch (input)
        {
            case ReadCategory category:
                var key = sources.Keys(category.Name, category.KeyCount);
                int[] keys = new int[1];
                reads.Add(() => keys[0] = key()[0]);
                return new CategoryBatch(TermBatch.EveryKey, keys);
            case ReadKeys terms:
                var read = sources.Keys(terms.Name, terms.KeyCount);
                var batch = new SequenceBatch(TermBatch.EveryKey, [], []);
                reads.Add(() => batch.Set(0, 0, read()));
                return batch;
            case ReadNumbers { Scale: var scale } numbers:
                var values = sources.Numbers(numbers.Name);
                var scaled = new NumberBatch([], scale.Width);
                scaled.Require(1);
                reads.Add(() => scale.Apply(values(), scaled.Row(0)));
                return scaled;
            default: throw new UnreachableException($"{input}");
        }
    }
}
