using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>Reads the properties of JSON objects; what is missing or of another type is a <see cref="JsonException"/> that names it.</summary>
/// <remarks>
/// For what every loading of a model needs. A serializer, one generated at compile time too, first makes itself ready for all types that could be in the file:
/// more than a thousand methods to compile in a new process, which took longer than all else of loading.
/// </remarks>
internal static class JsonReading
{
    /// <summary>A property that must be there; it may be null.</summary>
    internal static JsonElement Get(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
            ? value
            : throw new JsonException($"The property '{name}' is missing.");

    /// <summary>A property that is null or left out where there is none.</summary>
    internal static JsonElement? Optional(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    internal static string Text(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Unfit(name, "a text");

    internal static string? OptionalText(this JsonElement json, string name) => json.Optional(name) is null ? null : json.Text(name);

    internal static int Integer(this JsonElement json, string name) => AsInteger(json.Get(name), name);

    internal static int? OptionalInteger(this JsonElement json, string name) => json.Optional(name) is { } value ? AsInteger(value, name) : null;

    internal static bool Flag(this JsonElement json, string name) => json.Get(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Unfit(name, "true or false"),
    };

    /// <summary>False where there is none.</summary>
    internal static bool OptionalFlag(this JsonElement json, string name) => json.Optional(name) is not null && json.Flag(name);

    /// <summary>A number; NaN and infinities are texts.</summary>
    internal static double Number(this JsonElement json, string name) => json.Get(name) switch
    {
        { ValueKind: JsonValueKind.Number } value => value.GetDouble(),
        { ValueKind: JsonValueKind.String } value => value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => throw Unfit(name, "a number"),
        },
        _ => throw Unfit(name, "a number"),
    };

    /// <summary>A value of an enumeration by its name, or by its number where it has none.</summary>
    internal static T Choice<T>(this JsonElement json, string name) where T : struct, Enum
    {
        var value = json.Get(name);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)) return (T)Enum.ToObject(typeof(T), number);
        return value.ValueKind == JsonValueKind.String && Enum.TryParse(typeof(T), value.GetString(), ignoreCase: true, out object? choice)
            ? (T)choice
            : throw new JsonException($"The property '{name}' must be {EnumValues.Names<T>()}; the file says {Scalar(value)}.");
    }

    /// <summary>A list of what each element is read as.</summary>
    internal static T[] List<T>(this JsonElement json, string name, Func<JsonElement, T> read) where T : class?
    {
        var list = json.Get(name);
        if (list.ValueKind != JsonValueKind.Array) throw Unfit(name, "a list");
        var items = new T[list.GetArrayLength()];
        int i = 0;
        foreach (var item in list.EnumerateArray()) items[i++] = read(item);
        return items;
    }

    internal static int[] Integers(this JsonElement json, string name)
    {
        var list = json.Get(name);
        if (list.ValueKind != JsonValueKind.Array) throw Unfit(name, "a list");
        int[] items = new int[list.GetArrayLength()];
        int i = 0;
        foreach (var item in list.EnumerateArray()) items[i++] = AsInteger(item, name);
        return items;
    }

    /// <summary>The error for a property of another type.</summary>
    internal static JsonException Unfit(string name, string needed) => new($"The property '{name}' is not {needed}.");

    private static string Scalar(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? "something composed" : value.GetRawText();

    private static int AsInteger(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw Unfit(name, "an integer");
}
