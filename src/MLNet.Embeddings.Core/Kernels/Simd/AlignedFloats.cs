using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Memory that kernels work in, at a fixed address that is aligned to a cache line. Grows; needs no disposal.</summary>
internal sealed unsafe class AlignedFloats
{
    private const int LineBytes = 64;

    private float[] _memory = [];

    /// <summary>The first element. Valid as long as this object is reachable and not asked to hold more.</summary>
    public float* Start { get; private set; }

    /// <summary>Elements that there is room for.</summary>
    public int Capacity { get; private set; }

    /// <summary>Makes room for so many elements. What was held is lost when the memory has to grow.</summary>
    public float* Require(int length)
    {
        if (length > Capacity)
        {
            // A quarter more than asked, so that slowly growing batches do not allocate each time.
            Capacity = length <= Array.MaxLength / 2 ? length + length / 4 : length;
            _memory = GC.AllocateUninitializedArray<float>(Capacity + LineBytes / sizeof(float), pinned: true);
            fixed (float* first = _memory)
                Start = (float*)(((nuint)first + LineBytes - 1) / LineBytes * LineBytes);
        }

        return Start;
    }

    /// <summary>The first elements, for which room is made. Valid as long as this object is reachable and not asked to hold more.</summary>
    public Span<float> Span(int length) => new(Require(length), length);
}

/// <summary>Room for very many numbers, of which the system provides each page when it is first written: what is not written costs no memory.</summary>
/// <remarks>
/// Native, since the runtime counts its own arrays as used, whole and at once, and limits their length. Freed when this object is unreachable; the collector is
/// told of the memory, else models that are reloaded again and again would wait for it long.
/// </remarks>
internal sealed unsafe class UntouchedFloats
{
    private const int LineBytes = 64;

    private readonly long _bytes;

    /// <param name="length">How many there are; above 0.</param>
    internal UntouchedFloats(long length)
    {
        _bytes = checked(length * sizeof(float));
        Start = (float*)NativeMemory.AlignedAlloc((nuint)_bytes, LineBytes);
        GC.AddMemoryPressure(_bytes);
    }

    ~UntouchedFloats()
    {
        // Null where there was not enough memory.
        if (Start is null) return;
        NativeMemory.AlignedFree(Start);
        GC.RemoveMemoryPressure(_bytes);
    }

    /// <summary>The first element, aligned to a cache line. Valid as long as this object is reachable.</summary>
    public float* Start { get; }
}
