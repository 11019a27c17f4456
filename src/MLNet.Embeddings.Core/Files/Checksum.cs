using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Takes the checksum of bytes that come piece by piece: XXH3 of 64 bits without a seed, as <see cref="XxHash3"/> gives it.</summary>
/// <remarks>
/// The algorithm: github.com/Cyan4973/xxHash, doc/xxhash_spec.md. <see cref="XxHash3"/> comes without compiled code, and its loops are too short to be compiled
/// anew while they run: in the first tenth of a second of a process, which is when models are loaded, it takes forty times as long. This one is compiled well
/// at once.
/// </remarks>
internal sealed class Checksum
{
    private const int StripeLength = 64, BlockLength = 1024, StripesPerBlock = BlockLength / StripeLength, Lanes = 8;

    private const ulong Prime32A = 0x9E3779B1, Prime32B = 0x85EBCA77, Prime32C = 0xC2B2AE3D;
    private const ulong Prime64A = 0x9E3779B185EBCA87, Prime64B = 0xC2B2AE3D27D4EB4F, Prime64C = 0x165667B19E3779F9, Prime64D = 0x85EBCA77C2B2AE63,
        Prime64E = 0x27D4EB2F165667C5;

    private readonly ulong[] _sums = [Prime32C, Prime64A, Prime64B, Prime64C, Prime64D, Prime32B, Prime64E, Prime32A];

    /// <summary>The end of the last block that was taken in, then what was not taken in yet: what comes last is treated in another way.</summary>
    private readonly byte[] _rest = new byte[StripeLength + BlockLength];
    private int _restLength;
    private ulong _length;

    private static ReadOnlySpan<byte> Secret =>
    [
        0xb8, 0xfe, 0x6c, 0x39, 0x23, 0xa4, 0x4b, 0xbe, 0x7c, 0x01, 0x81, 0x2c, 0xf7, 0x21, 0xad, 0x1c, 0xde, 0xd4, 0x6d, 0xe9, 0x83, 0x90, 0x97, 0xdb,
        0x72, 0x40, 0xa4, 0xa4, 0xb7, 0xb3, 0x67, 0x1f, 0xcb, 0x79, 0xe6, 0x4e, 0xcc, 0xc0, 0xe5, 0x78, 0x82, 0x5a, 0xd0, 0x7d, 0xcc, 0xff, 0x72, 0x21,
        0xb8, 0x08, 0x46, 0x74, 0xf7, 0x43, 0x24, 0x8e, 0xe0, 0x35, 0x90, 0xe6, 0x81, 0x3a, 0x26, 0x4c, 0x3c, 0x28, 0x52, 0xbb, 0x91, 0xc3, 0x00, 0xcb,
        0x88, 0xd0, 0x65, 0x8b, 0x1b, 0x53, 0x2e, 0xa3, 0x71, 0x64, 0x48, 0x97, 0xa2, 0x0d, 0xf9, 0x4e, 0x38, 0x19, 0xef, 0x46, 0xa9, 0xde, 0xac, 0xd8,
        0xa8, 0xfa, 0x76, 0x3f, 0xe3, 0x9c, 0x34, 0x3f, 0xf9, 0xdc, 0xbb, 0xc7, 0xc7, 0x0b, 0x4f, 0x1d, 0x8a, 0x51, 0xe0, 0x4b, 0xcd, 0xb4, 0x59, 0x31,
        0xc8, 0x9f, 0x7e, 0xc9, 0xd9, 0x78, 0x73, 0x64, 0xea, 0xc5, 0xac, 0x83, 0x34, 0xd3, 0xeb, 0xc3, 0xc5, 0x81, 0xa0, 0xff, 0xfa, 0x13, 0x63, 0xeb,
        0x17, 0x0d, 0xdd, 0x51, 0xb7, 0xf0, 0xda, 0x49, 0xd3, 0x16, 0x55, 0x26, 0x29, 0xd4, 0x68, 0x9e, 0x2b, 0x16, 0xbe, 0x58, 0x7d, 0x47, 0xa1, 0xfc,
        0x8f, 0xf8, 0xb8, 0xd1, 0x7a, 0xd0, 0x31, 0xce, 0x45, 0xcb, 0x3a, 0x8f, 0x95, 0x16, 0x04, 0x28, 0xaf, 0xd7, 0xfb, 0xca, 0xbb, 0x4b, 0x40, 0x7e,
    ];

    /// <summary>The checksum of all bytes so far.</summary>
    internal ulong Value
    {
        get
        {
            var rest = _rest.AsSpan(StripeLength, _restLength);
            if (_length <= BlockLength) return XxHash3.HashToUInt64(rest);
            ulong[] sums = [.. _sums];
            Accumulate(sums, rest, Secret, (_restLength - 1) / StripeLength);
            Accumulate(sums, _rest.AsSpan(_restLength, StripeLength), Secret[121..], 1);
            return Merge(sums, _length * Prime64A);
        }
    }

    /// <summary>The checksum as it stands in files.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Value);
        return Convert.ToHexStringLower(bytes);
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        _length += (ulong)bytes.Length;
        int first = Math.Min(BlockLength - _restLength, bytes.Length);
        bytes[..first].CopyTo(_rest.AsSpan(StripeLength + _restLength));
        _restLength += first;
        bytes = bytes[first..];
        if (bytes.IsEmpty) return;

        // A block is taken in when it is known not to be the last one.
        AccumulateBlocks(_sums, _rest.AsSpan(StripeLength), 1);
        int blocks = (bytes.Length - 1) / BlockLength;
        AccumulateBlocks(_sums, bytes, blocks);
        var taken = blocks == 0 ? _rest.AsSpan(BlockLength, StripeLength) : bytes.Slice(blocks * BlockLength - StripeLength, StripeLength);
        taken.CopyTo(_rest);
        bytes = bytes[(blocks * BlockLength)..];
        bytes.CopyTo(_rest.AsSpan(StripeLength));
        _restLength = bytes.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateBlocks(ulong[] sums, ReadOnlySpan<byte> bytes, int blocks)
    {
        var scramble = MemoryMarshal.Cast<byte, ulong>(Secret[^StripeLength..]);
        for (int block = 0; block < blocks; block++)
        {
            Accumulate(sums, bytes.Slice(block * BlockLength, BlockLength), Secret, StripesPerBlock);
            for (int i = 0; i < Lanes; i++) sums[i] = (sums[i] ^ (sums[i] >> 47) ^ scramble[i]) * Prime32A;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Accumulate(ulong[] sums, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> secret, int stripes)
    {
        for (int stripe = 0; stripe < stripes; stripe++)
        {
            var words = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(stripe * StripeLength, StripeLength));
            var keys = MemoryMarshal.Cast<byte, ulong>(secret.Slice(stripe * sizeof(ulong), StripeLength));
            for (int i = 0; i < Lanes; i += 2)
            {
                ulong left = words[i], right = words[i + 1], keyedLeft = left ^ keys[i], keyedRight = right ^ keys[i + 1];
                sums[i] += right + (ulong)(uint)keyedLeft * (keyedLeft >> 32);
                sums[i + 1] += left + (ulong)(uint)keyedRight * (keyedRight >> 32);
            }
        }
    }

    private static ulong Merge(ulong[] sums, ulong start)
    {
        ulong merged = start;
        var keys = MemoryMarshal.Cast<byte, ulong>(Secret.Slice(11, StripeLength));
        for (int i = 0; i < Lanes; i += 2)
        {
            ulong high = Math.BigMul(sums[i] ^ keys[i], sums[i + 1] ^ keys[i + 1], out ulong low);
            merged += high ^ low;
        }
        merged = (merged ^ (merged >> 37)) * 0x165667919E3779F9;
        return merged ^ (merged >> 32);
    }
}

/// <summary>Passes on what is written to or read from another stream, front to back, and takes a checksum of it.</summary>
internal sealed class HashingStream(Stream inner) : Stream
{
    private readonly Checksum _hash = new();

    /// <summary>The checksum of what has passed so far.</summary>
    internal string Checksum => _hash.ToString();

    public override bool CanRead => inner.CanRead;
    public override bool CanSeek => false;
    public override bool CanWrite => inner.CanWrite;
    public override long Length => inner.Length;
    public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.Append(buffer);
        inner.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        _hash.Append(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => inner.Flush();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
