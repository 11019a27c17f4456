namespace MLNet.Embeddings;

/// <summary>Turns a random share of known keys into the unknown one, so that its vector is trained and unseen values score sensibly.</summary>
/// <remarks>The word dropout of Iyyer et al. 2015 (Deep Unordered Composition, section 3.2), with the unknown key in the place of a dropped word.</remarks>
internal sealed class UnknownDropout(double share, SplitMix random)
{
    private const int Unknown = 1;

    /// <summary>Changes nothing: for validation.</summary>
    internal static UnknownDropout None { get; } = new(0, new SplitMix(0));

    internal int Apply(int key) => share > 0 && key > Unknown && random.NextDouble() < share ? Unknown : key;
}
