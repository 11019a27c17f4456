using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Turns terms into keys: 0 is missing or padding, 1 unknown. Immutable.</summary>
internal abstract class TermKeys
{
    internal const uint Missing = 0, Unknown = 1;

    /// <summary>Number of keys, without the missing one.</summary>
    internal abstract int Count { get; }

    internal KeyDataViewType KeyType => new(typeof(uint), Count);

    /// <summary>The key of a term; 0 when it is empty.</summary>
    internal abstract uint KeyOf(ReadOnlySpan<char> term);
}
