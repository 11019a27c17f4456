using System.Diagnostics;
using TorchSharp;

namespace MLNet.Embeddings.Robustness;

/// <summary>What this process holds.</summary>
/// <param name="Managed">Bytes of live objects.</param>
/// <param name="Resident">Bytes of the working set.</param>
/// <param name="Threads">Threads but those of the pool.</param>
internal sealed record MemoryFigures(long Managed, long Resident, int Threads)
{
    private const double Share = 0.1;
    private const long SomeManaged = 8 << 20, SomeResident = 96 << 20;
    private const int SomeThreads = 8; // the runtime's own come and go

    /// <summary>Collects garbage, then measures.</summary>
    internal static MemoryFigures Take()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        using var process = Process.GetCurrentProcess();
        return new(GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64, process.Threads.Count - ThreadPool.ThreadCount);
    }

    /// <summary>Tensors that nobody has disposed of; torch must have been loaded.</summary>
    internal static long Tensors() => torch.Tensor.TotalCount;

    /// <summary>What has grown since, beyond what varies anyway; null if nothing.</summary>
    internal string? GrownSince(MemoryFigures before)
    {
        bool isSame = Managed <= before.Managed * (1 + Share) + SomeManaged && Resident <= before.Resident * (1 + Share) + SomeResident
            && Threads <= before.Threads + SomeThreads;
        return isSame ? null : $"It grew from {before} to {this}.";
    }

    public override string ToString() => $"{Managed >> 20} MiB of objects, {Resident >> 20} MiB in memory, {Threads} threads";
}
