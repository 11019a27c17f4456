using System.Globalization;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace MLNet.Embeddings;

/// <summary>A column as it is written to a file: its value of the row that the cursor stands at.</summary>
/// <param name="name">Its name.</param>
internal abstract class SavedColumn(string name)
{
    internal string Name => name;

    /// <summary>Its form in a Parquet file.</summary>
    internal abstract DataField Field { get; }

    /// <summary>The value as text; null where it is missing.</summary>
    internal abstract string? Text();

    /// <summary>Writes the value as JSON.</summary>
    internal abstract void Write(Utf8JsonWriter writer);

    /// <summary>Keeps the value for the next row group.</summary>
    internal abstract void Keep();

    /// <summary>Writes the values that were kept as the column of a row group, and forgets them.</summary>
    internal abstract void Write(ParquetRowGroupWriter group);
}

/// <summary>A column of texts.</summary>
/// <param name="name">Its name.</param>
/// <param name="read">Reads the value; null or empty is missing.</param>
internal sealed class SavedTexts(string name, Func<string?> read) : SavedColumn(name)
{
    private readonly List<string?> _kept = [];

    internal override DataField Field { get; } = new DataField(name, typeof(string), isNullable: true);

    internal override string? Text() => read();

    internal override void Write(Utf8JsonWriter writer)
    {
        if (read() is { Length: > 0 } text) writer.WriteString(Name, text);
        else writer.WriteNull(Name);
    }

    internal override void Keep() => _kept.Add(read() is { Length: > 0 } text ? text : null);

    internal override void Write(ParquetRowGroupWriter group)
    {
        group.WriteAsync(Field, _kept!).GetAwaiter().GetResult();
        _kept.Clear();
    }
}

/// <summary>A column of values of a type.</summary>
/// <param name="name">Its name.</param>
/// <param name="read">Reads the value; null is missing.</param>
internal sealed class SavedValues<T>(string name, Func<T?> read) : SavedColumn(name) where T : struct
{
    private readonly List<T?> _kept = [];

    internal override DataField Field { get; } = new DataField(name, typeof(T), isNullable: true);

    internal override string? Text() => TextOf(read());

    /// <summary>A value as text; null where it is missing.</summary>
    internal static string? TextOf(T? value) => value switch
    {
        null => null,
        true => "true",
        false => "false",
        DateTime date => date.ToString(date.TimeOfDay == default ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        { } given => string.Create(CultureInfo.InvariantCulture, $"{given}"),
    };

    internal override void Write(Utf8JsonWriter writer)
    {
        var value = read();
        if (value is null) writer.WriteNull(Name);
        else if (value is DateTime or TimeSpan) writer.WriteString(Name, TextOf(value));
        else
        {
            // A number or Boolean is the same text in JSON.
            writer.WritePropertyName(Name);
            writer.WriteRawValue(TextOf(value)!, skipInputValidation: true);
        }
    }

    internal override void Keep() => _kept.Add(read());

    internal override void Write(ParquetRowGroupWriter group)
    {
        group.WriteAsync(Field, new ReadOnlyMemory<T?>([.. _kept])).GetAwaiter().GetResult();
        _kept.Clear();
    }
}
