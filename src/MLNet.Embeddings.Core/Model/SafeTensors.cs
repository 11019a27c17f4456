using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>Reads and writes named float arrays in the safetensors format, which Python reads as well.</summary>
/// <remarks>
/// The format (github.com/huggingface/safetensors): the length of the header as 8 bytes, little-endian; a JSON header of name, dtype, shape and data
/// offsets; then the raw little-endian data, without gaps.
/// </remarks>
internal static class SafeTensors
{
    internal const string EntryName = "weights.safetensors";

    private const long LongestHeader = 100_000_000;

    internal static void Write(Stream stream, IReadOnlyDictionary<string, WeightArray> arrays)
    {
        var names = arrays.Keys.Order(StringComparer.Ordinal).ToArray();
        byte[] header = Header(names, arrays);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (string name in names) FloatPieces.Write(stream, arrays[name].Values);
    }

    /// <exception cref="FormatException">The stream is not a complete file of this format, or holds something else than 32-bit floats.</exception>
    internal static IReadOnlyDictionary<string, WeightArray> Read(Stream stream)
    {
        try
        {
            Span<byte> prefix = stackalloc byte[8];
            stream.ReadExactly(prefix);
            long length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
            long dataLength = stream.Length - 8 - length;
            if (length is < 2 or > LongestHeader || dataLength < 0) throw Unusable($"Its header would be {length} bytes long.");

            byte[] header = new byte[length];
            stream.ReadExactly(header);
            using var json = JsonDocument.Parse(header);
            return ReadArrays(json.RootElement, stream, dataLength);
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Unusable(e.Message);
        }
    }

    private static byte[] Header(string[] names, IReadOnlyDictionary<string, WeightArray> arrays)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            long offset = 0;
            foreach (string name in names)
            {
                var array = arrays[name];
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (int extent in array.Extents) json.WriteNumberValue(extent);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += array.Values.LongLength * sizeof(float));
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Spaces pad the header so that the data begins at a multiple of 8 bytes, as the format's own writers do.
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static Dictionary<string, WeightArray> ReadArrays(JsonElement header, Stream stream, long dataLength)
    {
        var entries = new List<Entry>();
        foreach (var entry in header.EnumerateObject())
        {
            if (entry.Name != "__metadata__") entries.Add(Entry.Of(entry));
        }
        // An empty array lies before one that begins at the same place.
        entries.Sort((one, other) => one.Start != other.Start ? one.Start.CompareTo(other.Start) : one.End.CompareTo(other.End));

        var arrays = new Dictionary<string, WeightArray>();
        long position = 0;
        foreach (var (name, extents, start, end) in entries)
        {
            double count = WeightArray.Count(extents);
            if (start != position || end > dataLength || end - start != count * sizeof(float) || count > Array.MaxLength)
                throw Unusable($"The array '{name}' of {string.Join(" × ", extents)} does not lie where the header says.");

            float[] values = GC.AllocateUninitializedArray<float>((int)count);
            FloatPieces.Read(stream, values);
            if (!arrays.TryAdd(name, new WeightArray(extents, values))) throw Unusable($"It holds the array '{name}' twice.");
            position = end;
        }
        return position == dataLength ? arrays : throw Unusable($"It has {dataLength - position} bytes more than its header says.");
    }

    private static int[] Extents(JsonElement entry)
    {
        if (entry.GetProperty("dtype").GetString() is not "F32" and var type) throw Unusable($"It holds numbers of type {type}; F32 is needed.");
        var shape = entry.GetProperty("shape");
        int[] extents = new int[shape.GetArrayLength()];
        for (int i = 0; i < extents.Length; i++)
            extents[i] = shape[i].TryGetInt32(out int value) && value >= 0 ? value : throw Unusable($"An array has the extent {shape[i]}.");
        return extents;
    }

    private static (long Start, long End) Offsets(JsonElement entry)
    {
        var offsets = entry.GetProperty("data_offsets");
        return offsets.GetArrayLength() == 2 && offsets[0].TryGetInt64(out long start) && offsets[1].TryGetInt64(out long end)
            ? (start, end) : throw Unusable($"An array has the data offsets {offsets}.");
    }

    /// <summary>What the header says of an array.</summary>
    private sealed record Entry(string Name, int[] Extents, long Start, long End)
    {
        internal static Entry Of(JsonProperty property)
        {
            var (start, end) = Offsets(property.Value);
            return new Entry(property.Name, SafeTensors.Extents(property.Value), start, end);
        }
    }

    private static FormatException Unusable(string cause) => DamagedEntry.Error(EntryName, cause);
}

/// <summary>Arrays of floats as bytes, piece by piece: the bytes of a whole array may be more than a span can count.</summary>
internal static class FloatPieces
{
    /// <summary>Floats of a piece: 256 KiB, which stay in a core's cache from one use to the next, as from reading to hashing.</summary>
    internal const int Length = 1 << 16;

    /// <summary>The bytes of floats, in order, in pieces.</summary>
    internal static Enumerator BytesOf(Span<float> values) => new(values);

    /// <summary>Writes floats as little-endian bytes.</summary>
    internal static void Write(Stream stream, Span<float> values)
    {
        foreach (var piece in BytesOf(values)) stream.Write(piece);
    }

    /// <summary>Fills floats from little-endian bytes.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    internal static void Read(Stream stream, Span<float> values)
    {
        foreach (var piece in BytesOf(values)) stream.ReadExactly(piece);
    }

    /// <summary>Goes through the pieces.</summary>
    internal ref struct Enumerator(Span<float> values)
    {
        private Span<float> _rest = values;

        public Span<byte> Current { get; private set; }

        public readonly Enumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_rest.IsEmpty) return false;
            var piece = _rest[..Math.Min(Length, _rest.Length)];
            Current = MemoryMarshal.AsBytes(piece);
            _rest = _rest[piece.Length..];
            return true;
        }
    }
}

/// <summary>The error for an entry of a model file that cannot be used.</summary>
internal static class DamagedEntry
{
    /// <summary>Says which entry, why, and what to do.</summary>
    internal static FormatException Error(string entry, string cause) => new(
        $"The model file is damaged: entry '{entry}' cannot be used. {cause}\n" +
        "Copy or download the file again, or save the model anew.");
}
