using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A file in memory, as ML.NET's loaders take it.</summary>
internal sealed class BytesSource(byte[] bytes) : IMultiStreamSource
{
    public int Count => 1;

    public string? GetPathOrNull(int index) => null;

    public Stream Open(int index) => new MemoryStream(bytes, writable: false);

    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
}
