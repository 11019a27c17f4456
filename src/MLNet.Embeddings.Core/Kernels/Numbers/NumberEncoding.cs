namespace MLNet.Embeddings;

/// <summary>Turns each of a row's numbers, on its scale, into a vector. Any number of threads may use it at once.</summary>
internal abstract class NumberEncoding
{
    /// <summary>Values of scratch memory that encoding a row takes.</summary>
    public virtual int ScratchSize => 0;

    /// <param name="numbers">The numbers.</param>
    /// <param name="vectors">Receives numbers × dimensions.</param>
    /// <param name="scratch">Memory to work in.</param>
    public abstract void Encode(ReadOnlySpan<float> numbers, Span<float> vectors, Span<float> scratch);
}
