using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MLNet.Embeddings;

/// <summary>Reads the entries of one transformer from a model file and verifies them before anything is made of them.</summary>
internal sealed class EntryReader
{
    private readonly Func<string, Action<Stream>, bool> _open;
    private readonly ShapeDocument _document;

    /// <param name="open">Opens a named entry and hands its stream over, from its beginning; false if there is none.</param>
    /// <exception cref="FormatException">The shape entry is missing, damaged or of a newer format.</exception>
    internal EntryReader(Func<string, Action<Stream>, bool> open)
    {
        _open = (name, body) =>
        {
            try
            {
                return open(name, body);
            }
            // What a zip entry throws that cannot be unpacked.
            catch (InvalidDataException e)
            {
                throw Damaged(name, e.Message);
            }
        };
        _document = ReadDocument();
    }

    /// <summary>Takes what is to be said when the model scores; null where nobody asks.</summary>
    internal Action<string>? Warn { get; init; }

    /// <summary>Which transformer this is.</summary>
    internal string Kind => _document.Kind;

    /// <summary>The entries of a transformer that is part of this one.</summary>
    /// <param name="part">What the names of its entries begin with.</param>
    /// <exception cref="FormatException">Its shape is missing, damaged or of a newer format.</exception>
    internal EntryReader Part(string part) => new((name, body) => _open(EntryWriter.PartName(part, name), body)) { Warn = Warn };

    /// <summary>The shape, verified.</summary>
    /// <exception cref="FormatException">The shape was altered, or is not one of this kind.</exception>
    internal T ReadShape<T>(JsonTypeInfo<T> type) => Deserialize(_document.Shape, type);

    /// <summary>Reads what <see cref="ReadShape{T}(Func{JsonElement, T})"/> gave.</summary>
    /// <exception cref="FormatException">It is not of this type.</exception>
    internal static T Deserialize<T>(JsonElement shape, JsonTypeInfo<T> type)
    {
        try
        {
            return shape.Deserialize(type) ?? throw Damaged(ShapeDocument.EntryName, "Its shape is null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw Damaged(ShapeDocument.EntryName, e.Message);
        }
    }

    /// <summary>The shape, verified, read by hand.</summary>
    /// <exception cref="FormatException">The shape was altered, or is not one of this kind.</exception>
    internal T ReadShape<T>(Func<JsonElement, T> read)
    {
        try
        {
            return read(_document.Shape);
        }
        // What an element throws that is asked for another type than it has.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Damaged(ShapeDocument.EntryName, e.Message);
        }
    }

    /// <summary>Verifies a named entry's checksum, then has it read from its beginning.</summary>
    /// <exception cref="FormatException">The entry is missing, altered, or cannot be read.</exception>
    internal T Read<T>(string name, Func<Stream, T> read)
    {
        if (!_document.Entries.TryGetValue(name, out string? expected)) throw Damaged(name, "The shape holds no checksum of it.");

        T? result = default;
        bool found = _open(name, stream =>
        {
            // Read and checked in one pass. What reading makes of an entry that is not the one written is of no interest, its exceptions included.
            var hashing = new HashingStream(stream);
            ExceptionDispatchInfo? failure = null;
            try
            {
                result = read(hashing);
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
            hashing.CopyTo(Stream.Null);
            if (hashing.Checksum != expected) throw Damaged(name, "Its checksum is not the one written with the model.");
            failure?.Throw();
        });
        return found ? result! : throw Damaged(name, "It is missing.");
    }

    /// <summary>The error for an entry that cannot be used.</summary>
    internal static FormatException Damaged(string entry, string cause) => DamagedEntry.Error(entry, cause);

    private ShapeDocument ReadDocument()
    {
        ShapeDocument? document = null;
        try
        {
            _open(ShapeDocument.EntryName, stream =>
            {
                using var json = JsonDocument.Parse(stream);
                RefuseNewer(json.RootElement);
                document = ShapeDocument.Of(json.RootElement.Clone());
            });
        }
        catch (JsonException e)
        {
            throw Damaged(ShapeDocument.EntryName, e.Message);
        }
        if (document is null) throw Damaged(ShapeDocument.EntryName, "It is missing.");
        if (document.Checksum != document.ComputeChecksum()) throw Damaged(ShapeDocument.EntryName, "Its checksum is not the one written with the model.");
        return document;
    }

    private static void RefuseNewer(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var element)
            || element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out int format) || format < 1)
        {
            throw Damaged(ShapeDocument.EntryName, "It states no format.");
        }
        RefuseNewer("format", format, ShapeDocument.CurrentFormat);
    }

    /// <summary>Refuses what a newer version of the library has written.</summary>
    /// <param name="what">What has versions.</param>
    /// <param name="saved">That of the file.</param>
    /// <param name="known">The newest that is known.</param>
    /// <exception cref="FormatException">The file's is newer.</exception>
    internal static void RefuseNewer(string what, int saved, int known)
    {
        if (saved <= known) return;
        throw new FormatException(
            $"The model was saved in {what} {saved}; this version of MLNet.Embeddings ({typeof(EntryReader).Assembly.GetName().Version}) reads up to " +
            $"{what} {known}.\nUpdate the package MLNet.Embeddings to the version that saved the model, or a later one.");
    }
}
