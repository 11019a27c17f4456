using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>Scores rows that are written as JSON.</summary>
internal static class JsonRows
{
    // A result is read by programs, not put into pages: letters of all languages stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The scores of an object as an object, those of an array of objects as an array.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="ArgumentException">It is something else than an object or an array of such, or a value cannot be that of its column.</exception>
    internal static string Predict(IRowPredictor predictor, string json)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            int length = Encoding.UTF8.GetBytes(json, bytes);
            return Predict(predictor, new Utf8JsonReader(bytes.AsSpan(0, length)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static string Predict(IRowPredictor predictor, Utf8JsonReader reader)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Options);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            writer.WriteStartArray();
            for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                var row = ReadRow(ref reader, predictor, $"Item {index} of the array");
                try
                {
                    Write(writer, predictor.Predict(row));
                }
                catch (ArgumentException error)
                {
                    throw new ArgumentException($"Item {index} of the array: {error.Message}", error);
                }
            }
            writer.WriteEndArray();
        }
        else Write(writer, predictor.Predict(ReadRow(ref reader, predictor, "The JSON")));
        // What stands behind the value is an error of the reader.
        reader.Read();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The values of an object, those that no score depends on left out.</summary>
    private static Dictionary<string, object?> ReadRow(ref Utf8JsonReader reader, IRowPredictor predictor, string what)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new ArgumentException(
            $"{what} is no object but {reader.TokenType}; a row is an object of names and values, and several rows are an array of such.");
        var row = new Dictionary<string, object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = ReadText(ref reader);
            reader.Read();
            if (predictor.Reads(name)) row[name] = ReadValue(ref reader);
            else reader.Skip();
        }
        return row;
    }

    private static object? ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: return null;
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.String: return ReadText(ref reader);
            case JsonTokenType.Number: return PlainValue.Number(ref reader);
            case JsonTokenType.StartArray:
                List<object?> items = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(ReadValue(ref reader));
                return items;
            default:
                reader.Skip();
                return new Dictionary<string, object?>();
        }
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("The JSON has a text with half a character, such as '\\ud800' without its second half. Give whole characters.", error);
        }
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case float number when float.IsFinite(number): writer.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case float or double: writer.WriteNullValue(); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case IDictionary named:
                writer.WriteStartObject();
                foreach (DictionaryEntry one in named)
                {
                    writer.WritePropertyName((string)one.Key);
                    Write(writer, one.Value);
                }
                writer.WriteEndObject();
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (object? item in items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case DateTime or DateTimeOffset: writer.WriteStringValue(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture)); break;
            case TimeSpan span: writer.WriteStringValue(span.ToString()); break;
            default: writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
        }
    }
}
