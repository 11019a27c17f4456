using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>What the values of a column are like, in whatever order and parts its rows come.</summary>
internal abstract class ColumnProfile(string name) : IMergeable
{
    /// <summary>Different values are counted up to so many.</summary>
    private protected const int MostCounted = 200_000;

    internal string Name => name;

    /// <summary>Mean number of characters of a text; 0 for other columns.</summary>
    internal virtual double MeanCharacters => 0;

    /// <summary>Mean number of words of a text, between white space or letters that stand alone; 0 for other columns.</summary>
    internal virtual double MeanWords => 0;

    /// <summary>The profile of a column, of no row so far.</summary>
    internal static ColumnProfile Of(DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => new TextProfile(column),
        NumberDataViewType { RawType: var raw } when raw == typeof(float) || raw == typeof(double) => new NumberProfile(column),
        NumberDataViewType => new IntegerProfile(column),
        _ => new OtherProfile(column),
    };

    /// <summary>Makes what looks at the value of a cursor's current row.</summary>
    internal abstract Action Open(DataViewRow row);

    /// <summary>What the values are like, in words.</summary>
    /// <param name="rows">Number of rows.</param>
    internal virtual string Describe(long rows) => "by its type";

    /// <summary>How the column is read where nobody says; null for columns that are left out.</summary>
    /// <param name="rows">Number of rows.</param>
    internal abstract InputColumn? ToColumn(long rows);

    public void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, GetType().Name);
        WriteValues(writer);
    }

    public void Merge(BinaryReader reader) => Merging.Read(reader, GetType().Name, () => MergeValues(reader));

    private protected abstract void WriteValues(BinaryWriter writer);

    private protected abstract void MergeValues(BinaryReader reader);
}

/// <summary>Columns that are told by their types.</summary>
internal sealed class OtherProfile(DataViewSchema.Column column) : ColumnProfile(column.Name)
{
    internal override Action Open(DataViewRow row) => () => { };

    internal override InputColumn? ToColumn(long rows) => column.Type switch
    {
        KeyDataViewType or BooleanDataViewType => InputColumn.Category(Name),
        VectorDataViewType { ItemType: KeyDataViewType } => InputColumn.Sequence(Name, encoder: SequenceEncoder.Attention()),
        VectorDataViewType { ItemType: TextDataViewType } => InputColumn.Bag(Name),
        VectorDataViewType { ItemType: NumberDataViewType or BooleanDataViewType } => InputColumn.Number(Name),
        var type when DateReading.IsDate(type) => InputColumn.Date(Name),
        _ => null,
    };

    private protected override void WriteValues(BinaryWriter writer) { }

    private protected override void MergeValues(BinaryReader reader) { }
}

/// <summary>Numbers: how many different ones there are, and whether all are whole.</summary>
internal sealed class NumberProfile(DataViewSchema.Column column) : ColumnProfile(column.Name)
{
    private readonly DistinctCount _values = new(MostCounted);
    private bool _isWhole = true;

    internal override Action Open(DataViewRow row)
    {
        var getter = NumberReading.Of(row, column);
        return () =>
        {
            double value = getter()[0];
            if (double.IsNaN(value)) return;
            _isWhole &= Math.Floor(value) == value;
            // 0 and -0 are one number.
            _values.Add(BitConverter.DoubleToUInt64Bits(value == 0 ? 0 : value));
        };
    }

    internal override string Describe(long rows) => $"{_values.Count} different {(_isWhole ? "whole numbers" : "numbers")}";

    internal override InputColumn? ToColumn(long rows) => InputColumn.Number(Name);

    private protected override void WriteValues(BinaryWriter writer)
    {
        writer.Write(_isWhole);
        _values.Write(writer);
    }

    private protected override void MergeValues(BinaryReader reader)
    {
        _isWhole &= reader.ReadBoolean();
        _values.Merge(reader);
    }
}

/// <summary>Numbers of an integer type: those that are different in all rows, as far as they are counted, are ids.</summary>
internal sealed class IntegerProfile(DataViewSchema.Column column) : ColumnProfile(column.Name)
{
    private const int FewestRows = 20;

    // As they are: large ids that differ may be one number as Double.
    private readonly DistinctCount _values = new(MostCounted);

    internal override Action Open(DataViewRow row) => column.Type.RawType switch
    {
        var raw when raw == typeof(int) => Of<int>(row),
        var raw when raw == typeof(long) => Of<long>(row),
        var raw when raw == typeof(short) => Of<short>(row),
        var raw when raw == typeof(sbyte) => Of<sbyte>(row),
        var raw when raw == typeof(uint) => Of<uint>(row),
        var raw when raw == typeof(ulong) => Of<ulong>(row),
        var raw when raw == typeof(ushort) => Of<ushort>(row),
        _ => Of<byte>(row),
    };

    internal override string Describe(long rows) => $"{_values.Count} different whole numbers{(IsId(rows) ? ", another in every row: an id" : "")}";

    internal override InputColumn? ToColumn(long rows) => IsId(rows) ? null : InputColumn.Number(Name);

    private protected override void WriteValues(BinaryWriter writer) => _values.Write(writer);

    private protected override void MergeValues(BinaryReader reader) => _values.Merge(reader);

    private bool IsId(long rows) => rows > FewestRows && !_values.HasRepeats;

    private Action Of<T>(DataViewRow row) where T : INumberBase<T>
    {
        var getter = row.GetGetter<T>(column);
        T value = T.Zero;
        return () =>
        {
            getter(ref value);
            _values.Add(ulong.CreateTruncating(value));
        };
    }
}

/// <summary>Texts: how long they are, how many different ones there are, and whether they are dates.</summary>
internal sealed class TextProfile(DataViewSchema.Column column) : ColumnProfile(column.Name)
{
    /// <summary>By hashes of 64 bits: two of the texts that are counted have the same one in a case of a billion.</summary>
    private readonly DistinctCount _values = new(MostCounted);
    private readonly DateFormatFinder _dates = new();
    private long _texts, _characters, _words;

    internal override double MeanCharacters => _texts == 0 ? 0 : (double)_characters / _texts;

    internal override double MeanWords => _texts == 0 ? 0 : (double)_words / _texts;

    internal override Action Open(DataViewRow row)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> text = default;
        return () =>
        {
            getter(ref text);
            if (!text.IsEmpty) Add(text.Span);
        };
    }

    private void Add(ReadOnlySpan<char> text)
    {
        _texts++;
        _characters += text.Length;
        foreach (var _ in text.Split(' ')) _words++;
        foreach (var rune in text.EnumerateRunes()) _words += Characters.StandsAlone(rune) ? 1 : 0;
        _values.Add(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text)));
        _dates.Add(text);
    }

    internal override string Describe(long rows) => _dates.Format is { } format
        ? $"dates as {format}"
        : FormattableString.Invariant($"{_values.Count} different texts of {MeanWords:F1} words in the mean");

    /// <summary>
    /// Dates where all are of one format; categories where values come again and again, or are single words that often do; else texts.
    /// </summary>
    internal override InputColumn? ToColumn(long rows)
    {
        if (_texts == 0) return null;
        if (_dates.Format is not null) return InputColumn.Date(Name);
        double repeats = (double)_texts / _values.Count;
        bool isCategory = repeats >= 20 || repeats >= 2 && MeanWords < 3 && MeanCharacters < 30;
        return isCategory ? InputColumn.Category(Name) : InputColumn.Text(Name);
    }

    private protected override void WriteValues(BinaryWriter writer)
    {
        foreach (long sum in (ReadOnlySpan<long>)[_texts, _characters, _words]) writer.Write7BitEncodedInt64(sum);
        _values.Write(writer);
        _dates.Write(writer);
    }

    private protected override void MergeValues(BinaryReader reader)
    {
        _texts += Merging.ReadCount(reader);
        _characters += Merging.ReadCount(reader);
        _words += Merging.ReadCount(reader);
        _values.Merge(reader);
        _dates.Merge(reader);
    }
}
