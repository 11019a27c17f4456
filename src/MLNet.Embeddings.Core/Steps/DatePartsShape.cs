using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>What a fitted step of dates holds.</summary>
/// <param name="InputColumnName">The column of dates.</param>
/// <param name="Format">The format of its texts; null where it holds dates or spans.</param>
/// <param name="IsSpan">Whether it holds spans of time.</param>
/// <param name="Parts">The parts that are read as categories.</param>
internal sealed record DatePartsShape(string InputColumnName, string? Format, bool IsSpan, IReadOnlyList<DatePart> Parts)
{
    /// <summary>Whether times are numbers in double precision; in earlier files they are in single, which tells days of today to about a minute.</summary>
    public bool IsDouble { get; init; }

    /// <summary>Whether there are hours and no days: spans, or texts that are times of the day.</summary>
    [JsonIgnore]
    internal bool HasNoDate => IsSpan || Format is not null && !Format.Contains('y');

    /// <summary>The time of a date as a number.</summary>
    internal double Time(long ticks) => DateParts.Time(ticks, HasNoDate) is var time && IsDouble ? time : (float)time;

    /// <summary>Name of the column of times.</summary>
    internal string TimeColumn => $"{InputColumnName}/time";

    /// <summary>Name of the column of a part.</summary>
    internal string PartColumn(DatePart part) => $"{InputColumnName}/{part.ToString().ToLowerInvariant()}";
}

/// <summary>Serializer of the shape of a step of dates, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DatePartsShape))]
internal sealed partial class DateJson : JsonSerializerContext;
