using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>The transformers of this library in a model file that ML.NET has written, a zip archive.</summary>
/// <remarks>
/// A transformer is a folder whose entry Model.key begins with ML.NET's header: the words ML MODEL, at 16 where the transformer's own bytes begin, at 80 the
/// signature of its loader, 24 characters. The bytes of a chain begin with the number of its steps, which are folders within its own.
/// </remarks>
internal sealed class ModelZip
{
    /// <summary>The signature under which ML.NET finds the loader of our transformers in a model file; at most 24 characters.</summary>
    internal const string LoaderSignature = "MLNetEmbeddingsModel";

    private const string Chain = "TransformerChain", HeaderName = "Model.key";
    private const int BodyPlace = 16, SignaturePlace = 80, SignatureLength = 24, HeaderLength = 256;

    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    private ModelZip(ZipArchive archive)
    {
        foreach (var entry in archive.Entries) _entries.TryAdd(entry.FullName.Replace('\\', '/'), entry);
    }

    /// <summary>Hands out the transformers of a file, in their order.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="read">Reads them.</param>
    /// <exception cref="FormatException">It is no model file, or a damaged one.</exception>
    /// <exception cref="NotSupportedException">A transformer is not of this library.</exception>
    internal static T Read<T>(Stream stream, Func<IEnumerable<EntryReader>, T> read)
    {
        using var archive = Open(stream);
        return read(new ModelZip(archive).Transformers(Chain));
    }

    private static ZipArchive Open(Stream stream)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException error)
        {
            throw new FormatException(
                $"The file is no model: it is no whole zip archive. {error.Message}\nCopy or download the file again, or save the model anew.", error);
        }
    }

    private IEnumerable<EntryReader> Transformers(string folder)
    {
        byte[] header = Header(folder);
        string signature = Encoding.ASCII.GetString(header, SignaturePlace, SignatureLength).TrimEnd('\0');
        switch (signature)
        {
            case LoaderSignature:
                yield return new EntryReader((name, body) => TryOpen($"{folder}/{name}", body));
                break;
            case Chain:
                int steps = StepsOf(header, folder);
                for (int i = 0; i < steps; i++)
                {
                    foreach (var transformer in Transformers($"{folder}/Transform_{i:000}")) yield return transformer;
                }
                break;
            default:
                throw new NotSupportedException(
                    $"The model has a step of ML.NET, {signature}, in {folder}; without ML.NET only steps of MLNet.Embeddings can be applied. Train on the " +
                    "raw columns, without that step (InputColumn.Text, Category, Number and Date read them as they are), or load the model with " +
                    "mlContext.Model.Load and score it with the package MLNet.Embeddings.");
        }
    }

    private byte[] Header(string folder)
    {
        string name = $"{folder}/{HeaderName}";
        byte[] header = [];
        try
        {
            bool found = TryOpen(name, stream =>
            {
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                header = bytes.ToArray();
            });
            if (!found) throw DamagedEntry.Error(name, "It is missing.");
        }
        catch (InvalidDataException error)
        {
            throw DamagedEntry.Error(name, error.Message);
        }
        bool isHeader = header.Length >= HeaderLength && header.AsSpan().StartsWith("ML\0MODEL"u8);
        return isHeader ? header : throw DamagedEntry.Error(name, "It is no header of ML.NET.");
    }

    private static int StepsOf(byte[] header, string folder)
    {
        long body = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(BodyPlace));
        int steps = body >= 0 && body <= header.Length - sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan((int)body)) : -1;
        return steps >= 0 ? steps : throw DamagedEntry.Error($"{folder}/{HeaderName}", "It does not say how many steps there are.");
    }

    private bool TryOpen(string name, Action<Stream> body)
    {
        if (!_entries.TryGetValue(name, out var entry)) return false;
        using var stream = new EntryStream(entry.Open(), entry.Length);
        body(stream);
        return true;
    }
}
