using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>What random numbers of a fit are for.</summary>
internal enum RandomPurpose
{
    /// <summary>The initial values of arrays, by name.</summary>
    InitialValues,

    /// <summary>Vectors of terms that a file of pretrained ones lacks.</summary>
    MissingVectors,

    /// <summary>Which rows are held out.</summary>
    Validation,

    /// <summary>The order of the rows, by epoch.</summary>
    Order,

    /// <summary>Which keys become the unknown one, by epoch.</summary>
    UnknownDropout,

    /// <summary>Which values are dropped, by step.</summary>
    Dropout,

    /// <summary>Which tokens an encoder-decoder reads of its own, by step.</summary>
    TeacherForcing,

    /// <summary>The seeds of the networks of a model.</summary>
    Member,

    /// <summary>Which rows each network of a model does not see.</summary>
    Folds,

    /// <summary>The settings that are tried in a search, by trial.</summary>
    Search,

    /// <summary>The seeds of the workers that train a network together.</summary>
    Worker,
}

/// <summary>The random streams of a fit: one seed, and a stream for each purpose, so that a new draw for one does not change the others.</summary>
/// <remarks>Streams are found by hashing, not by order: what is drawn in an epoch or a step is given by its number, and needs no state in a
/// checkpoint.</remarks>
internal static class RandomStreams
{
    /// <summary>The stream of a purpose.</summary>
    /// <param name="seed">The seed of the fit.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="number">Number of the epoch, the step, or whatever there are several of.</param>
    internal static SplitMix Of(int seed, RandomPurpose purpose, long number = 0) => new(Key(seed, purpose, number));

    /// <summary>The stream of a purpose for something that has a name.</summary>
    internal static SplitMix Of(int seed, RandomPurpose purpose, string name) =>
        new(Key(seed, purpose, (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes<char>(name))));

    /// <summary>64 bits for a purpose and a number.</summary>
    internal static ulong Key(int seed, RandomPurpose purpose, long number) =>
        new SplitMix(new SplitMix(((ulong)(uint)seed << 32) | (uint)purpose).Next() ^ (ulong)number).Next();
}
