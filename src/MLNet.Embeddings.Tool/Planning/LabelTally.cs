using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tool;

/// <summary>The values of a label, row by row.</summary>
internal sealed class LabelTally
{
    private const int Missing = -1;

    private readonly List<string> _values = [];
    private readonly List<int> _rows = [];

    private LabelTally() { }

    /// <summary>Number of rows.</summary>
    internal int Rows => _rows.Count;

    /// <summary>Number of rows without a label.</summary>
    internal int Unlabelled => _rows.Count(row => row == Missing);

    /// <summary>How many rows have each value; the first that was met comes first.</summary>
    internal IReadOnlyList<(string Value, int Rows)> Counts
    {
        get
        {
            int[] counts = new int[_values.Count];
            foreach (int row in _rows)
            {
                if (row != Missing) counts[row]++;
            }
            return [.. _values.Zip(counts)];
        }
    }

    /// <summary>Reads the label of all rows.</summary>
    internal static LabelTally Of(IDataView view, string label)
    {
        var tally = new LabelTally();
        Dictionary<string, int> numbers = [];
        using var cursor = view.GetRowCursor([view.Schema[label]]);
        var read = Reader(cursor, view.Schema[label]);
        while (cursor.MoveNext())
        {
            string? value = read();
            if (value is null) tally._rows.Add(Missing);
            else
            {
                if (!numbers.TryGetValue(value, out int number))
                {
                    numbers[value] = number = tally._values.Count;
                    tally._values.Add(value);
                }
                tally._rows.Add(number);
            }
        }
        return tally;
    }

    /// <summary>Which rows have a label, and one of some values where these are given.</summary>
    internal bool[] Labelled(IReadOnlySet<string>? known = null)
    {
        bool[] isKnown = [.. _values.Select(value => known is null || known.Contains(value))];
        return [.. _rows.Select(row => row != Missing && isKnown[row])];
    }

    /// <summary>Draws the rows to hold out for a test, the same share of each class.</summary>
    /// <param name="share">The share.</param>
    /// <param name="byClass">Whether the values are classes.</param>
    /// <param name="seed">The seed of the draw.</param>
    internal bool[] HoldOut(double share, bool byClass, int seed)
    {
        var random = new Random(seed);
        bool[] isHeldOut = new bool[_rows.Count];
        foreach (var group in _rows.Index().Where(row => row.Item != Missing).GroupBy(row => byClass ? row.Item : 0))
        {
            int[] rows = [.. group.Select(row => row.Index)];
            random.Shuffle(rows);
            foreach (int row in rows.AsSpan(0, (int)Math.Round(rows.Length * share))) isHeldOut[row] = true;
        }
        return isHeldOut;
    }

    private static Func<string?> Reader(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
    {
        var type when type == typeof(ReadOnlyMemory<char>) => Reader<ReadOnlyMemory<char>>(row, column, text => text.IsEmpty ? null : text.ToString()),
        var type when type == typeof(bool) => Reader<bool>(row, column, value => $"{value}"),
        var type when type == typeof(float) => Reader<float>(row, column, value => float.IsNaN(value) ? null : FormattableString.Invariant($"{value}")),
        var type when type == typeof(double) => Reader<double>(row, column, value => double.IsNaN(value) ? null : FormattableString.Invariant($"{value}")),
        var type when type == typeof(long) => Reader<long>(row, column, value => FormattableString.Invariant($"{value}")),
        _ => throw new UserException($"The label '{column.Name}' is of type {column.Type}; labels are texts, numbers or true and false."),
    };

    private static Func<string?> Reader<T>(DataViewRow row, DataViewSchema.Column column, Func<T, string?> textOf)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return textOf(value);
        };
    }
}
