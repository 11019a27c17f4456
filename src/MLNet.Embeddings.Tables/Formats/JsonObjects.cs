using System.Text;
using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>The JSON objects of a file, one after the other.</summary>
internal abstract class JsonObjects(string path) : IDisposable
{
    private long _number;

    /// <summary>The object that was read last.</summary>
    internal JsonElement Current { get; private set; }

    /// <summary>Where it stands.</summary>
    internal virtual string Place => $"object {_number}";

    /// <summary>Goes to the next one; false behind the last.</summary>
    /// <exception cref="TableFormatException">It is no JSON, or no object.</exception>
    internal bool Read()
    {
        try
        {
            if (Next() is not { } next) return false;
            _number++;
            Current = next.ValueKind == JsonValueKind.Object ? next
                : throw new TableFormatException(path, $"a row must be a JSON object, as {{\"Age\": 33}}; this is {next.ValueKind}.", Place);
            return true;
        }
        catch (JsonException error)
        {
            _number++;
            string character = error.BytePositionInLine is { } position ? $", at byte {position + 1}" : "";
            throw new TableFormatException(path, $"this is no JSON{character}: {error.Message.Split(" LineNumber:")[0]}", Place, inner: error);
        }
        catch (DecoderFallbackException error)
        {
            throw TextFile.NotInEncoding(path, null, Place, error);
        }
    }

    public abstract void Dispose();

    /// <summary>The next value; null behind the last.</summary>
    private protected abstract JsonElement? Next();

    /// <summary>Opens a file: an array, if it begins with a bracket, else a value a line.</summary>
    internal static JsonObjects Open(string path, Encoding? encoding)
    {
        var reader = TextFile.Open(path, encoding);
        int first = reader.Peek();
        while (first is ' ' or '\n' or '\r' or '\t')
        {
            reader.Read();
            first = reader.Peek();
        }
        reader.Dispose();
        return first == '[' ? new JsonArray(path) : new JsonLines(path, encoding);
    }

    /// <summary>A value a line.</summary>
    private sealed class JsonLines(string path, Encoding? encoding) : JsonObjects(path)
    {
        private readonly TextReader _reader = TextFile.Open(path, encoding);
        private long _line;

        internal override string Place => $"line {_line}";

        public override void Dispose() => _reader.Dispose();

        private protected override JsonElement? Next()
        {
            while (_reader.ReadLine() is { } line)
            {
                _line++;
                if (string.IsNullOrWhiteSpace(line)) continue;
                return JsonElement.Parse(line);
            }
            return null;
        }
    }

    /// <summary>An array of values, read as a stream.</summary>
    private sealed class JsonArray : JsonObjects
    {
        private readonly Stream _stream;
        private readonly IAsyncEnumerator<JsonElement> _values;

        internal JsonArray(string path) : base(path)
        {
            _stream = TextFile.OpenStream(path);
            _values = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(_stream).GetAsyncEnumerator();
        }

        public override void Dispose()
        {
            _values.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _stream.Dispose();
        }

        private protected override JsonElement? Next() => _values.MoveNextAsync().AsTask().GetAwaiter().GetResult() ? _values.Current : null;
    }
}
