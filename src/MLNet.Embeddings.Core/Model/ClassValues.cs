using System.Globalization;
using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>The values behind the keys of a multiclass label, in the keys' order, as texts that can be read back.</summary>
/// <param name="Kind">Type of the values; <see cref="ClassKind.String"/> for text.</param>
/// <param name="Texts">The values, independent of culture.</param>
internal sealed record ClassValues([property: JsonConverter(typeof(JsonStringEnumConverter<ClassKind>))] ClassKind Kind, IReadOnlyList<string> Texts)
{
    private static readonly Dictionary<ClassKind, Func<string, bool>> Parsers = new()
    {
        [ClassKind.String] = _ => true,
        [ClassKind.Boolean] = Parses<bool>,
        [ClassKind.SByte] = Parses<sbyte>,
        [ClassKind.Byte] = Parses<byte>,
        [ClassKind.Int16] = Parses<short>,
        [ClassKind.UInt16] = Parses<ushort>,
        [ClassKind.Int32] = Parses<int>,
        [ClassKind.UInt32] = Parses<uint>,
        [ClassKind.Int64] = Parses<long>,
        [ClassKind.UInt64] = Parses<ulong>,
        [ClassKind.Single] = Parses<float>,
        [ClassKind.Double] = Parses<double>,
        [ClassKind.TimeSpan] = Parses<TimeSpan>,
        [ClassKind.DateTime] = text => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _),
        [ClassKind.DateTimeOffset] = Parses<DateTimeOffset>,
    };

    /// <summary>What cannot be read back, a sentence; a file that was made by hand may hold anything.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!Parsers.TryGetValue(Kind, out var parses)) return [$"The type {Kind} of the classes' values is not known."];
        return Texts.Where(text => text is null || !parses(text)).Take(1).Select(text => $"The text '{text}' is no class of type {Kind}.");
    }

    private static bool Parses<T>(string text) where T : IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out _);
}

/// <summary>Types of the values of classes, named and numbered as ML.NET's kinds of data, for model files hold these names.</summary>
internal enum ClassKind
{
    SByte = 1,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    String,
    Boolean,
    TimeSpan,
    DateTime,
    DateTimeOffset,
}
