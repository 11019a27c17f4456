namespace MLNet.Embeddings;

/// <summary>What an optimizer and a checkpoint have to know of a network.</summary>
internal interface ITrainableNetwork : IDisposable
{
    /// <summary>The dense parameters.</summary>
    ParameterBlock Dense { get; }

    /// <summary>The tables, in the order of the network's form.</summary>
    IReadOnlyList<EmbeddingTable> Tables { get; }

    /// <summary>True if a column pads its sequences, so that rows of about the same length should go together.</summary>
    bool Pads { get; }

    /// <summary>A copy of the state that training changes beside the weights: generators of dropout, running values of a normalisation.</summary>
    byte[] SaveTransients();

    /// <summary>Puts such a state back, of a network of the same form.</summary>
    /// <exception cref="ArgumentException">It is of another form.</exception>
    void RestoreTransients(ReadOnlySpan<byte> state);

    /// <summary>The learned arrays, by the names of the network's form.</summary>
    IEnumerable<LearnedArray> Arrays();
}
