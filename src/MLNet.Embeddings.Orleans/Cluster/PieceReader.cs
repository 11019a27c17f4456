namespace MLNet.Embeddings;

/// <summary>Reads a content piece by piece, from anywhere, without having all of it in memory.</summary>
internal sealed class PieceReader : Stream
{
    private readonly Content _content;
    private readonly int _pieces;
    private byte[] _piece = [];
    private int _number = -1;

    private PieceReader(Content content, int pieces)
    {
        (_content, _pieces) = (content, pieces);
        Length = (pieces - 1L) * StateStorage.PieceBytes + Piece(pieces - 1).Length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position { get; set; }

    /// <summary>Opens a content; null where it is not there.</summary>
    internal static PieceReader? Open(Content content) => Wait(content.CountAsync()) is > 0 and int pieces ? new(content, pieces) : null;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (Position >= Length) return 0;
        var rest = Piece((int)(Position / StateStorage.PieceBytes)).AsSpan((int)(Position % StateStorage.PieceBytes));
        int count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private byte[] Piece(int number)
    {
        if (number == _number) return _piece;
        _piece = Wait(_content.GetAsync(number));
        if (number < _pieces - 1 && _piece.Length != StateStorage.PieceBytes)
        {
            throw new InvalidDataException(
                $"A piece in the grain storage '{EmbeddingsSiloOptions.StorageName}' has {_piece.Length} bytes of {StateStorage.PieceBytes}.");
        }
        _number = number;
        return _piece;
    }

    // What reads knows no other way than to wait.
    private static T Wait<T>(Task<T> task)
    {
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not (IOException or InvalidDataException))
        {
            throw new IOException($"The grain storage '{EmbeddingsSiloOptions.StorageName}' failed: {e.Message}", e);
        }
    }
}
