namespace MLNet.Embeddings;

/// <summary>What each thread adds the gradients of the dense parameters to; all end in the first.</summary>
/// <param name="gradients">The first, of the form of the parameters' block.</param>
/// <param name="threads">How many threads may work.</param>
internal sealed class GradientSums(float[] gradients, int threads)
{
    private readonly float[]?[] _sums = new float[]?[threads];

    /// <summary>The sums of a thread's part of a batch.</summary>
    internal float[] this[int part] => part == 0 ? gradients : _sums[part] ??= new float[gradients.Length];
}
