using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.ML;

namespace MLNet.Embeddings.Robustness;

/// <summary>Models as the bytes of their files.</summary>
internal static partial class ModelFile
{
    internal static byte[] Save(MLContext context, ITransformer model)
    {
        using var stream = new MemoryStream();
        context.Model.Save(model, null, stream);
        return stream.ToArray();
    }

    internal static ITransformer Load(MLContext context, byte[] bytes) => context.Model.Load(new MemoryStream(bytes, writable: false), out _);

    /// <summary>What is the same for models of the same bits: all that a file holds but how long its epochs took, and checksums over that.</summary>
    internal static string Fingerprint(MLContext context, ITransformer model) => Fingerprint(Save(context, model));

    /// <inheritdoc cref="Fingerprint(MLContext, ITransformer)"/>
    internal static string Fingerprint(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file, writable: false));
        var hash = new Checksum();
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.Contains("Transform", StringComparison.Ordinal) || entry.Name.Contains('.')))
        {
            using var reader = new BinaryReader(entry.Open());
            byte[] bytes = reader.ReadBytes(checked((int)entry.Length));
            if (entry.Name.EndsWith(ShapeDocument.EntryName, StringComparison.Ordinal))
                bytes = System.Text.Encoding.UTF8.GetBytes(Changing().Replace(System.Text.Encoding.UTF8.GetString(bytes), ""));
            hash.Append(bytes);
        }
        return hash.ToString();
    }

    [GeneratedRegex("\"(duration|checksum)\": \"[^\"]*\"")]
    private static partial Regex Changing();
}
