namespace MLNet.Embeddings;

/// <summary>Writes a content piece by piece, in order, without having all of it in memory.</summary>
/// <param name="content">The content; complete when the stream is closed.</param>
internal sealed class PieceStream(Content content) : Stream
{
    private readonly byte[] _piece = new byte[StateStorage.PieceBytes];
    private int _count, _pieces;
    private long _length;
    private bool _closed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _length += buffer.Length;
        while (buffer.Length > 0)
        {
            int taken = Math.Min(buffer.Length, _piece.Length - _count);
            buffer[..taken].CopyTo(_piece.AsSpan(_count));
            buffer = buffer[taken..];
            _count += taken;
            if (_count == _piece.Length) Put();
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            if (_count > 0) Put();
            Wait(content.CompleteAsync(_pieces));
        }
        base.Dispose(disposing);
    }

    private void Put()
    {
        Wait(content.PutAsync(_pieces++, _count == _piece.Length ? _piece : _piece[.._count]));
        _count = 0;
    }

    // What writes knows no other way than to wait.
    private static void Wait(Task task) => task.GetAwaiter().GetResult();
}
