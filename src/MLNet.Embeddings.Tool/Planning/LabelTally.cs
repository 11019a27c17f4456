using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tool;

/// <summary>The values of a label, row by row. NA, ?, - and their like are missing values, as in columns of numbers.</summary>
internal sealed class LabelTally
{
    private const int Missing = -1;

    private readonly List<string> _values = [];
    private readonly List<int> _rows = [];
    private readonly SortedSet<string> _missingWords = new(StringComparer.Ordinal);

    private LabelTally() { }

    /// <summary>Number of rows.</summary>
    internal int Rows => _rows.Count;

    /// <summary>Number of rows without a label.</summary>
    internal int Unlabelled => _rows.Count(row => row == Missing);

    /// <summary>The texts that stand for no value, as NA.</summary>
    internal IReadOnlyCollection<string> MissingWords => _missingWords;

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
    /// <param name="view">The rows.</param>
    /// <param name="label">Name of the label.</param>
    /// <param name="most">Number of values that are told apart; further ones count as one.</param>
    internal static LabelTally Of(IDataView view, string label, int most = int.MaxValue)
    {
        var tally = new LabelTally();
        Dictionary<string, int> numbers = [];
        using var cursor = view.GetRowCursor([view.Schema[label]]);
        var read = tally.Reader(cursor, view.Schema[label]);
        while (cursor.MoveNext())
        {
            string? value = read();
            if (value is null) tally._rows.Add(Missing);
            else
            {
                if (!numbers.TryGetValue(value, out int number))
                {
                    number = Math.Min(tally._values.Count, most);
                    if (number < most) numbers[value] = number;
                    if (number == tally._values.Count) tally._values.Add(value);
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

    /// <summary>The value that all of some rows have; null where they have more than one.</summary>
    internal string? OnlyValue(bool[] rows)
    {
        int[] values = [.. _rows.Zip(rows).Where(row => row.Second).Select(row => row.First).Distinct().Take(2)];
        return values.Length == 1 ? _values[values[0]] : null;
    }

    /// <summary>Draws the rows to hold out for a test, the same share of each class, and one at least of a class that has two.</summary>
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
            int fewest = byClass && rows.Length > 1 ? 1 : 0;
            foreach (int row in rows.AsSpan(0, Math.Max(fewest, (int)Math.Round(rows.Length * share)))) isHeldOut[row] = true;
        }
        return isHeldOut;
    }

    private Func<string?> Reader(DataViewRow row, DataViewSchema.Column column) => column.Type.RawType switch
    {
        var type when type == typeof(ReadOnlyMemory<char>) => Reader<ReadOnlyMemory<char>>(row, column, TextOf),
        var type when type == typeof(bool) => Reader<bool>(row, column, value => $"{value}"),
        var type when type == typeof(float) => Reader<float>(row, column, value => float.IsNaN(value) ? null : FormattableString.Invariant($"{value}")),
        var type when type == typeof(double) => Reader<double>(row, column, value => double.IsNaN(value) ? null : FormattableString.Invariant($"{value}")),
        var type when type == typeof(long) => Reader<long>(row, column, value => FormattableString.Invariant($"{value}")),
        _ => throw new UserException($"The label '{column.Name}' is of type {column.Type}; labels are texts, numbers or true and false."),
    };

    private string? TextOf(ReadOnlyMemory<char> text)
    {
        if (!FieldText.IsMissing(text.Span)) return text.ToString();
        if (!text.IsEmpty) _missingWords.Add(text.ToString());
        return null;
    }

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
