using System.Buffers;

namespace MLNet.Embeddings;

/// <summary>A message between the coordinator of a fit and a worker, in memory that is used again: rounds have many, of about one length.</summary>
/// <remarks>Whoever reads it last disposes of it. Where nobody does, its memory is collected as any other.</remarks>
internal sealed class MessageBuffer : IDisposable
{
    /// <summary>Memory is used again up to so many bytes.</summary>
    internal const int MostKept = 4 << 20;

    private readonly bool _isRented;
    private byte[]? _bytes;

    private MessageBuffer(byte[] bytes, int length, bool isRented, bool isReceived)
    {
        (_bytes, _isRented) = (bytes, isRented);
        (Length, IsReceived) = (length, isReceived);
    }

    /// <summary>Number of bytes.</summary>
    internal int Length { get; }

    /// <summary>Whether it came from another process, so that nobody else here has it.</summary>
    internal bool IsReceived { get; }

    /// <summary>The bytes.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    internal Span<byte> Span => Bytes.AsSpan(0, Length);

    private byte[] Bytes => _bytes ?? throw new ObjectDisposedException(nameof(MessageBuffer));

    /// <summary>A message of bytes that stay as they are.</summary>
    internal static MessageBuffer Of(byte[] bytes) => new(bytes, bytes.Length, isRented: false, isReceived: false);

    /// <summary>A message of a copy of bytes.</summary>
    internal static MessageBuffer Of(ReadOnlySpan<byte> bytes)
    {
        var message = Rent(bytes.Length);
        bytes.CopyTo(message.Span);
        return message;
    }

    /// <summary>A message to be filled.</summary>
    /// <param name="length">Number of bytes.</param>
    /// <param name="isReceived">Whether with what came from another process.</param>
    internal static MessageBuffer Rent(int length, bool isReceived = false) => length <= MostKept
        ? new(ArrayPool<byte>.Shared.Rent(length), length, isRented: true, isReceived)
        : new(new byte[length], length, isRented: false, isReceived);

    /// <summary>Reads it.</summary>
    internal BinaryReader Reader() => new(new MemoryStream(Bytes, 0, Length, writable: false));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes && _isRented) ArrayPool<byte>.Shared.Return(bytes);
    }
}
