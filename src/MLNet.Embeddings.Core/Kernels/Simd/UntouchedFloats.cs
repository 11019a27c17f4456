using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Room for very many numbers, of which the system provides each page when it is first written: what is not written costs no memory.</summary>
/// <remarks>Native, since the runtime counts its own arrays as used, whole and at once, and limits their length. Freed when this object is unreachable.</remarks>
internal sealed unsafe class UntouchedFloats(long length)
{
    private const int LineBytes = 64;

    ~UntouchedFloats() => NativeMemory.AlignedFree(Start);

    /// <summary>The first element, aligned to a cache line. Valid as long as this object is reachable.</summary>
    public float* Start { get; } = (float*)NativeMemory.AlignedAlloc(checked((nuint)(length * sizeof(float))), LineBytes);
}
