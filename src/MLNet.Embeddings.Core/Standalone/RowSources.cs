using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>The keys of a row's column, valid until the next call: of a category one, 0 where it is missing; of a list those above 0.</summary>
internal delegate ReadOnlySpan<int> RowKeys();

/// <summary>The numbers of a row's column, valid until the next call; NaN is missing.</summary>
internal delegate ReadOnlySpan<double> RowNumbers();

/// <summary>The columns of keys and numbers that steps make of a row's cells, and those that are cells themselves.</summary>
internal sealed class RowSources
{
    private readonly Dictionary<string, RowCell> _cells = [];
    private readonly Dictionary<string, (int Count, RowKeys Read)> _keys = [];
    private readonly Dictionary<string, RowNumbers> _numbers = [];

    /// <param name="steps">The steps.</param>
    /// <param name="columns">The raw columns.</param>
    /// <param name="cells">Their values, in the same order.</param>
    internal RowSources(FittedStep[] steps, RawColumn[] columns, RowCell[] cells)
    {
        foreach (var (column, cell) in columns.Zip(cells))
        {
            _cells.Add(column.Name, cell);
            switch (cell)
            {
                case ScalarCell<double> number: _numbers.Add(column.Name, OfNumber(() => number.Value)); break;
                case VectorCell<double> numbers: _numbers.Add(column.Name, () => numbers.Items); break;
                case ScalarCell<uint> key: _keys.Add(column.Name, (column.KeyCount, OfKey(() => key.Value))); break;
                case VectorCell<uint> keys: _keys.Add(column.Name, (column.KeyCount, WithoutPadding(() => keys.Items))); break;
            }
        }
        foreach (var step in steps) Add(step);
    }

    /// <summary>The keys of a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="known">The number of keys that its reader knows.</param>
    /// <exception cref="FormatException">There is no such column, or it may have other keys.</exception>
    internal RowKeys Keys(string name, int known)
    {
        if (!_keys.TryGetValue(name, out var keys)) throw Missing(name);
        return keys.Count <= known ? keys.Read : throw EntryReader.Damaged(
            ShapeDocument.EntryName, $"Column '{name}' has {keys.Count} keys, of which the model knows {known}.");
    }

    /// <summary>The numbers of a column.</summary>
    /// <exception cref="FormatException">There is no such column.</exception>
    internal RowNumbers Numbers(string name) => _numbers.TryGetValue(name, out var numbers) ? numbers : throw Missing(name);

    private static FormatException Missing(string name) =>
        EntryReader.Damaged(ShapeDocument.EntryName, $"The model reads column '{name}', which no step makes.");

    private void Add(FittedStep step)
    {
        switch (step)
        {
            case TokenStep tokens:
                foreach (var (output, input) in tokens.Shape.Columns) _keys[output] = (tokens.Keys.Count, OfTokens(tokens, Cell<ReadOnlyMemory<char>>(input)));
                break;
            case CategoryStep categories:
                foreach (var (output, input) in categories.Shape.Columns) _keys[output] = (categories.Keys[0].Count, OfTerms(categories, _cells[input]));
                break;
            case DateStep { Shape: var dates }:
                var ticks = TicksOf(_cells[dates.InputColumnName], dates.Format);
                _numbers[dates.TimeColumn] = OfNumber(() => ticks() is { } given ? dates.Time(given) : double.NaN);
                foreach (var part in dates.Parts)
                    _keys[dates.PartColumn(part)] = (part.KeyCount(), OfKey(() => ticks() is { } given ? part.KeyOf(given) : TermKeys.Missing));
                break;
            default: throw new UnreachableException($"{step}");
        }
    }

    /// <exception cref="NotSupportedException">The column has lists: a bag of values and a text are made of it.</exception>
    private ScalarCell<T> Cell<T>(string input) where T : struct => _cells[input] as ScalarCell<T> ?? throw new NotSupportedException(
        $"The model reads column '{input}' both as one value and as a list; no row has both. Give it twice, under two names, and train on these.");

    private static RowKeys OfTokens(TokenStep step, ScalarCell<ReadOnlyMemory<char>> cell)
    {
        var keys = step.Open();
        return WithoutPadding(() =>
        {
            keys.Clear();
            return keys.At(keys.Add(cell.Value));
        });
    }

    /// <summary>The keys of a value or, of a list and of a value with several, those above 0.</summary>
    private static RowKeys OfTerms(CategoryStep step, RowCell cell)
    {
        var termOf = ValueTerms.OfTexts(step.Shape.Rules);
        var functions = step.Keys;
        uint[] keys = new uint[functions.Count];
        if (cell is ScalarCell<ReadOnlyMemory<char>> { } value)
        {
            if (functions.Count == 1) return OfKey(() => functions[0].KeyOf(termOf(value.Value, default)));
            return WithoutPadding(() =>
            {
                Fill(value.Value, keys);
                return keys;
            });
        }
        var values = (VectorCell<ReadOnlyMemory<char>>)cell;
        return WithoutPadding(() =>
        {
            var items = values.Items;
            int count = functions.Count * items.Length;
            if (keys.Length < count) keys = new uint[Math.Max(count, 2 * keys.Length)];
            for (int i = 0; i < items.Length; i++) Fill(items[i], keys.AsSpan(i * functions.Count, functions.Count));
            return keys.AsSpan(0, count);
        });

        void Fill(ReadOnlyMemory<char> text, Span<uint> written)
        {
            var term = termOf(text, default);
            for (int i = 0; i < written.Length; i++) written[i] = functions[i].KeyOf(term);
        }
    }

    /// <summary>A date in ticks; null where it is missing, as the first day of the year 1 is.</summary>
    private static Func<long?> TicksOf(RowCell cell, string? format) => cell switch
    {
        ScalarCell<DateTime> date => () => date.Value == default ? null : date.Value.Ticks,
        ScalarCell<TimeSpan> span => () => span.Value.Ticks,
        ScalarCell<ReadOnlyMemory<char>> text when format is not null => () => DateFormats.Parse(text.Value.Span.Trim(), format)?.Ticks,
        _ => throw new UnreachableException($"{cell}"),
    };

    private static RowKeys OfKey(Func<uint> read)
    {
        int[] keys = new int[1];
        return () =>
        {
            keys[0] = (int)read();
            return keys;
        };
    }

    private static RowNumbers OfNumber(Func<double> read)
    {
        double[] numbers = new double[1];
        return () =>
        {
            numbers[0] = read();
            return numbers;
        };
    }

    private delegate ReadOnlySpan<uint> PaddedKeys();

    private static RowKeys WithoutPadding(PaddedKeys read)
    {
        int[] keys = [];
        return () =>
        {
            var given = MemoryMarshal.Cast<uint, int>(read());
            if (!given.Contains(0)) return given;
            if (keys.Length < given.Length) keys = new int[Math.Max(given.Length, 2 * keys.Length)];
            int count = 0;
            foreach (int key in given)
            {
                if (key != 0) keys[count++] = key;
            }
            return keys.AsSpan(0, count);
        };
    }
}
