using System.Numerics;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What a pass over the dates of a column finds, or passes over its parts: the format of texts, and which parts of the dates vary.</summary>
internal sealed class DateStatistics : IMergeable
{
    private readonly DataViewSchema.Column _column;
    private readonly bool _isSpan;
    private readonly DatePart[] _parts;
    private readonly DateFormatFinder? _formats;

    /// <summary>By format, a set for each part: bit k is whether its key k was met. The dates of columns that hold no texts are of no format.</summary>
    private readonly Dictionary<string, uint[]> _met = [];

    /// <summary>The text behind which no format was left; null where there is none.</summary>
    private string? _refused;

    /// <exception cref="ArgumentOutOfRangeException">The column is of a type that holds no dates.</exception>
    internal DateStatistics(DataViewSchema.Column column)
    {
        DateReading.Require(column);
        _column = column;
        _isSpan = DateReading.IsSpan(column);
        _parts = _isSpan ? [DatePart.Hour] : Enum.GetValues<DatePart>();
        _formats = DateReading.IsText(column) ? new() : null;
    }

    /// <summary>What a pass over the dates of a view finds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or of a type that holds no dates.</exception>
    /// <exception cref="OperationCanceledException">The pass was ended.</exception>
    internal static DateStatistics Of(IDataView view, string column, RowPass pass)
    {
        var statistics = new DateStatistics(view.Schema.Find(DateReading.Role, column));
        using var cursor = view.GetRowCursor([statistics._column]);
        var add = statistics.Open(cursor);
        while (cursor.MoveNext())
        {
            pass.Next();
            add();
        }
        return statistics;
    }

    /// <summary>Makes what takes the date of a cursor's current row.</summary>
    internal Action Open(DataViewRow row)
    {
        if (_formats is null)
        {
            var date = DateReading.Of(row, _column, null);
            return () =>
            {
                if (date() is { } ticks) Meet("", ticks);
            };
        }
        var getter = row.GetGetter<ReadOnlyMemory<char>>(_column);
        ReadOnlyMemory<char> text = default;
        return () =>
        {
            getter(ref text);
            bool fitted = _formats.Fitting.Count > 0;
            _formats.Add(text.Span, (format, date) => Meet(format, date.Ticks));
            if (fitted && _formats.Fitting.Count == 0) _refused = text.ToString();
        };
    }

    /// <summary>What a step of dates learns of the rows.</summary>
    /// <exception cref="InvalidOperationException">Texts are no dates of one format.</exception>
    internal DatePartsShape Learn()
    {
        string? format = null;
        if (_formats is not null)
        {
            format = _formats.Format ?? throw new InvalidOperationException(
                $"The date column '{_column.Name}' holds {WhatIsWrong(_formats.HasTexts)}; all its texts must be dates of one format, such as 2024-12-31 or " +
                $"2024-12-31 23:59. Convert it to DateTime before the trainer, or read it with InputColumn.Category(\"{_column.Name}\") or " +
                $"InputColumn.Text(\"{_column.Name}\").");
        }
        uint[] met = _met.GetValueOrDefault(format ?? "") ?? new uint[_parts.Length];
        return new DatePartsShape(_column.Name, format, _isSpan, [.. _parts.Where((_, i) => BitOperations.PopCount(met[i]) > 1)]) { IsDouble = true };
    }

    public void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(DateStatistics));
        writer.Write(_formats is not null);
        writer.Write7BitEncodedInt(_parts.Length);
        _formats?.Write(writer);
        Merging.Write(writer, _refused ?? "");
        var met = _met.Where(met => _formats is null || _formats.Fitting.Contains(met.Key)).OrderBy(met => met.Key, StringComparer.Ordinal).ToArray();
        writer.Write7BitEncodedInt(met.Length);
        foreach (var (format, keys) in met)
        {
            Merging.Write(writer, format);
            foreach (uint set in keys) writer.Write(set);
        }
    }

    public void Merge(BinaryReader reader) => Merging.Read(reader, nameof(DateStatistics), () =>
    {
        if (reader.ReadBoolean() != _formats is not null) throw new FormatException($"The dates of column '{_column.Name}' are texts in some parts only.");
        Merging.Require(reader, _parts.Length, "parts of a date");
        _formats?.Merge(reader);
        // Of several the least, so that the order of the parts does not count.
        if (Merging.ReadText(reader) is { Length: > 0 } refused && (_refused is null || string.CompareOrdinal(refused, _refused) < 0)) _refused = refused;
        for (long left = Merging.ReadCount(reader, DateFormats.All.Count); left > 0; left--)
        {
            uint[] keys = KeysOf(Merging.ReadText(reader));
            for (int i = 0; i < keys.Length; i++) keys[i] |= reader.ReadUInt32();
        }
    });

    private string WhatIsWrong(bool hasTexts) => !hasTexts
        ? "no text"
        : _refused is null ? "dates of different formats in different parts of the rows" : $"'{_refused}', which is no date of the format of the rows before";

    private void Meet(string format, long ticks)
    {
        uint[] keys = KeysOf(format);
        for (int i = 0; i < keys.Length; i++) keys[i] |= 1u << (int)_parts[i].KeyOf(ticks);
    }

    private uint[] KeysOf(string format)
    {
        if (!_met.TryGetValue(format, out uint[]? keys)) _met.Add(format, keys = new uint[_parts.Length]);
        return keys;
    }
}

/// <summary>Merges the formats that fit all texts of parts of the rows.</summary>
internal static class DateFormatMerging
{
    internal static void Write(this DateFormatFinder formats, BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(DateFormatFinder));
        writer.Write(formats.HasTexts);
        writer.Write7BitEncodedInt(formats.Fitting.Count);
        foreach (string format in formats.Fitting) Merging.Write(writer, format);
    }

    /// <exception cref="FormatException">Something else was written.</exception>
    internal static void Merge(this DateFormatFinder formats, BinaryReader reader) => Merging.Read(reader, nameof(DateFormatFinder), () =>
    {
        bool hasTexts = reader.ReadBoolean();
        HashSet<string> fitting = [];
        for (long left = Merging.ReadCount(reader, DateFormats.All.Count); left > 0; left--) fitting.Add(Merging.ReadText(reader));
        formats.Add(hasTexts, fitting);
    });
}
