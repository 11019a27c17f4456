namespace MLNet.Embeddings;

/// <summary>A network while it learns: of torch's modules, or without torch where its form allows that.</summary>
internal interface ILearningNetwork : IDisposable
{
    /// <summary>The network's form.</summary>
    NetworkShape Shape { get; }

    /// <summary>The dense parameters.</summary>
    ParameterBlock Dense { get; }

    /// <summary>The tables, in the order of the network's form.</summary>
    IReadOnlyList<EmbeddingTable> Tables { get; }

    /// <summary>True if a column pads its sequences, so that rows of about the same length should go together.</summary>
    bool Pads { get; }

    /// <summary>Adds the gradients of a batch's mean loss to those of the dense parameters and leaves those of the touched rows in the tables.</summary>
    /// <returns>The batch's loss.</returns>
    double Learn(RowBatch batch, BatchLoss loss);

    /// <summary>The scores of a batch as after training, with nothing dropped: rows × outputs.</summary>
    float[] Score(RowBatch batch);

    /// <summary>A copy of the state that training changes beside the weights: generators of dropout, running values of a normalisation.</summary>
    byte[] SaveTransients();

    /// <summary>Puts such a state back, of a network of the same form.</summary>
    /// <exception cref="ArgumentException">It is of another form.</exception>
    void RestoreTransients(ReadOnlySpan<byte> state);

    /// <summary>The learned arrays, by the names of the network's form.</summary>
    IEnumerable<LearnedArray> Arrays();
}
