namespace MLNet.Embeddings;

/// <summary>A column of a network that learns without torch: writes its part of the combined vectors, and takes the gradients of that part.</summary>
/// <remarks>Threads write and take for rows of their own, after one of them has made ready and before it brings together.</remarks>
internal interface IManagedColumn
{
    /// <summary>Draws initial values of what lies in the network's <see cref="ParameterBlock"/>.</summary>
    void Initialize(SplitMix random) { }

    /// <summary>Lays out the weights as they are now.</summary>
    void Pack() { }

    /// <summary>Makes ready for the gradients of a batch.</summary>
    void Begin(ColumnBatch batch) { }

    /// <summary>Writes the vectors of some of a batch's rows.</summary>
    /// <param name="part">Number of the thread's part of the batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">Behind the last row.</param>
    /// <param name="target">Rows × stride; the vectors go to the beginning of each row.</param>
    /// <param name="stride">From a row to the next.</param>
    void Gather(int part, ColumnBatch batch, int start, int end, Span<float> target, int stride);

    /// <summary>Takes the gradients of the vectors that <see cref="Gather"/> wrote last for the part.</summary>
    /// <param name="part">Number of the thread's part of the batch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">Behind the last row.</param>
    /// <param name="gradients">Rows × stride, as <see cref="Gather"/> wrote.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="dense">What the gradients of dense parameters are added to, of the form of the network's block.</param>
    void Scatter(int part, ColumnBatch batch, int start, int end, ReadOnlySpan<float> gradients, int stride, float[] dense) { }

    /// <summary>Brings together what so many parts took.</summary>
    void Merge(int parts) { }

    /// <summary>Copies of the learned arrays, by the names of the column's shape.</summary>
    IEnumerable<LearnedArray> Arrays();
}
