using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>What the values of a column are like.</summary>
internal abstract class ColumnProfile(string name)
{
    /// <summary>Different values are counted up to so many.</summary>
    private protected const int MostCounted = 200_000;

    internal string Name => name;

    /// <summary>Mean number of characters of a text; 0 for other columns.</summary>
    internal virtual double MeanCharacters => 0;

    /// <summary>Mean number of words of a text, between white space or letters that stand alone; 0 for other columns.</summary>
    internal virtual double MeanWords => 0;

    /// <summary>The profile of a column of a cursor.</summary>
    internal static ColumnProfile Of(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => new TextProfile(row, column),
        NumberDataViewType { RawType: var raw } when raw == typeof(float) || raw == typeof(double) => new NumberProfile(row, column),
        NumberDataViewType => new IntegerProfile(row, column),
        _ => new OtherProfile(column),
    };

    /// <summary>Looks at the value of the current row.</summary>
    internal abstract void Add();

    /// <summary>What the values are like, in words.</summary>
    /// <param name="rows">Number of rows.</param>
    internal virtual string Describe(long rows) => "by its type";

    /// <summary>How the column is read where nobody says; null for columns that are left out.</summary>
    /// <param name="rows">Number of rows.</param>
    internal abstract InputColumn? ToColumn(long rows);
}

/// <summary>Columns that are told by their types.</summary>
internal sealed class OtherProfile(DataViewSchema.Column column) : ColumnProfile(column.Name)
{
    internal override void Add() { }

    internal override InputColumn? ToColumn(long rows) => column.Type switch
    {
        KeyDataViewType or BooleanDataViewType => InputColumn.Category(Name),
        VectorDataViewType { ItemType: KeyDataViewType } => InputColumn.Sequence(Name, encoder: SequenceEncoder.Attention()),
        VectorDataViewType { ItemType: TextDataViewType } => InputColumn.Bag(Name),
        VectorDataViewType { ItemType: NumberDataViewType or BooleanDataViewType } => InputColumn.Number(Name),
        var type when DateReading.IsDate(type) => InputColumn.Date(Name),
        _ => null,
    };
}

/// <summary>Numbers: how many different ones there are, and whether all are whole.</summary>
internal class NumberProfile(DataViewRow row, DataViewSchema.Column column) : ColumnProfile(column.Name)
{
    private readonly NumberReading.Getter _getter = NumberReading.Of(row, column);
    private readonly HashSet<double> _values = [];
    private bool _isWhole = true;

    /// <summary>Number of different values.</summary>
    private protected virtual int Distinct => _values.Count;

    internal override void Add()
    {
        double value = _getter()[0];
        if (double.IsNaN(value)) return;
        _isWhole &= Math.Floor(value) == value;
        if (_values.Count < MostCounted) _values.Add(value);
    }

    internal override string Describe(long rows) => $"{Distinct} different {(_isWhole ? "whole numbers" : "numbers")}";

    internal override InputColumn? ToColumn(long rows) => InputColumn.Number(Name);
}

/// <summary>Numbers of an integer type: those that are different in all rows, as far as they are counted, are ids.</summary>
internal sealed class IntegerProfile : NumberProfile
{
    private const int FewestRows = 20;

    // As they are: large ids that differ may be one number as Double.
    private readonly HashSet<long> _values = [];
    private readonly Func<long> _getter;
    private bool _isUnique = true;

    internal IntegerProfile(DataViewRow row, DataViewSchema.Column column) : base(row, column) => _getter = column.Type.RawType switch
    {
        var raw when raw == typeof(int) => Of<int>(row, column),
        var raw when raw == typeof(long) => Of<long>(row, column),
        var raw when raw == typeof(short) => Of<short>(row, column),
        var raw when raw == typeof(sbyte) => Of<sbyte>(row, column),
        var raw when raw == typeof(uint) => Of<uint>(row, column),
        var raw when raw == typeof(ulong) => Of<ulong>(row, column),
        var raw when raw == typeof(ushort) => Of<ushort>(row, column),
        _ => Of<byte>(row, column),
    };

    private protected override int Distinct => _values.Count;

    internal override void Add()
    {
        base.Add();
        if (_values.Count < MostCounted) _isUnique &= _values.Add(_getter());
    }

    internal override string Describe(long rows) => base.Describe(rows) + (IsId(rows) ? ", another in every row: an id" : "");

    internal override InputColumn? ToColumn(long rows) => IsId(rows) ? null : base.ToColumn(rows);

    private bool IsId(long rows) => rows > FewestRows && _isUnique;

    private static Func<long> Of<T>(DataViewRow row, DataViewSchema.Column column) where T : INumberBase<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = T.Zero;
        return () =>
        {
            getter(ref value);
            return long.CreateTruncating(value);
        };
    }
}

/// <summary>Texts: how long they are, how many different ones there are, and whether they are dates.</summary>
internal sealed class TextProfile : ColumnProfile
{
    private readonly ValueGetter<ReadOnlyMemory<char>> _getter;
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly DateFormatFinder _dates = new();
    private ReadOnlyMemory<char> _text;
    private long _texts, _characters, _words;

    internal TextProfile(DataViewRow row, DataViewSchema.Column column) : base(column.Name)
    {
        _getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        _lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    internal override double MeanCharacters => _texts == 0 ? 0 : (double)_characters / _texts;

    internal override double MeanWords => _texts == 0 ? 0 : (double)_words / _texts;

    internal override void Add()
    {
        _getter(ref _text);
        var text = _text.Span;
        if (text.IsEmpty) return;
        _texts++;
        _characters += text.Length;
        foreach (var _ in text.Split(' ')) _words++;
        foreach (var rune in text.EnumerateRunes()) _words += Characters.StandsAlone(rune) ? 1 : 0;
        if (_counts.Count < MostCounted) _lookup[text] = _lookup.TryGetValue(text, out int count) ? count + 1 : 1;
        _dates.Add(text);
    }

    internal override string Describe(long rows) => _dates.Format is { } format
        ? $"dates as {format}"
        : FormattableString.Invariant($"{_counts.Count} different texts of {MeanWords:F1} words in the mean");

    /// <summary>
    /// Dates where all are of one format; categories where values come again and again, or are single words that often do; else texts.
    /// </summary>
    internal override InputColumn? ToColumn(long rows)
    {
        if (_texts == 0) return null;
        if (_dates.Format is not null) return InputColumn.Date(Name);
        double repeats = (double)_texts / _counts.Count;
        bool isCategory = repeats >= 20 || repeats >= 2 && MeanWords < 3 && MeanCharacters < 30;
        return isCategory ? InputColumn.Category(Name) : InputColumn.Text(Name);
    }
}
