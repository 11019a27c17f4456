using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>Values as they are, out of what others wrap them in.</summary>
internal static class PlainValue
{
    private const int MostCharacters = 60;

    /// <summary>The value; null where it is missing.</summary>
    internal static object? Of(object? value) => value switch
    {
        DBNull => null,
        JsonElement json => Of(json),
        _ => value,
    };

    /// <summary>A number of JSON: whole where it is written so and fits.</summary>
    internal static object Number(ref Utf8JsonReader reader) =>
        reader.TryGetInt64(out long integer) ? integer : reader.TryGetUInt64(out ulong large) ? large : reader.GetDouble();

    /// <summary>A value in words, for errors.</summary>
    internal static string Describe(object value) => value switch
    {
        string text => $"'{(text.Length > MostCharacters ? $"{text[..MostCharacters]}…" : text)}'",
        IDictionary or IReadOnlyDictionary<string, object?> => "an object of names and values",
        IEnumerable => "a list",
        _ => $"{Convert.ToString(value, CultureInfo.InvariantCulture)} ({value.GetType().Name})",
    };

    private static object? Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out long integer) ? integer : json.TryGetUInt64(out ulong large) ? large : json.GetDouble(),
        JsonValueKind.Array => json.EnumerateArray(),
        _ => json.EnumerateObject().ToDictionary(property => property.Name, property => Of(property.Value)),
    };
}
