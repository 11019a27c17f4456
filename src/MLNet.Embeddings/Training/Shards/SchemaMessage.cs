using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The schema of rows that are elsewhere, with its annotations: sent as a view of no rows in ML.NET's binary format.</summary>
internal static class SchemaMessage
{
    internal static byte[] Write(MLContext context, IDataView view)
    {
        using var stream = new MemoryStream();
        // None of one row, which reads no more.
        context.Data.SaveAsBinary(context.Data.SkipRows(context.Data.TakeRows(view, 1), 1), stream);
        return stream.ToArray();
    }

    /// <summary>A view of no rows.</summary>
    internal static IDataView Read(MLContext context, byte[] message) => context.Data.LoadFromBinary(new Source(message));

    private sealed class Source(byte[] bytes) : IMultiStreamSource
    {
        public int Count => 1;

        public string? GetPathOrNull(int index) => null;

        public Stream Open(int index) => new MemoryStream(bytes, writable: false);

        public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
    }
}
