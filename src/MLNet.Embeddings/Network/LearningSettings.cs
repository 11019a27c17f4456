using System.Collections.Frozen;
using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>How a network learns, beside its form.</summary>
/// <param name="Dropout">Share of the values of sequence vectors and hidden layers to drop in training.</param>
/// <param name="Threads">How many threads may work.</param>
internal readonly record struct LearningSettings(double Dropout, int Threads)
{
    /// <summary>Where GRUs and dense layers are computed, by torch's own modules; null for the CPU and our own kernels.</summary>
    internal torch.Device? Device { get; init; }

    /// <summary>What tables begin with, by their full names; those that are not there begin with random numbers.</summary>
    internal IReadOnlyDictionary<string, TableStart> Tables { get; init; } = FrozenDictionary<string, TableStart>.Empty;
}
