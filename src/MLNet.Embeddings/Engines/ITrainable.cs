namespace MLNet.Embeddings;

/// <summary>A network while it is trained, with its optimizer: what each engine gives to the training loop.</summary>
internal interface ITrainable : IDisposable
{
    /// <summary>True if sequences are padded to the longest of their batch, so that rows of about the same length should go together.</summary>
    bool Pads { get; }

    /// <summary>Updates the weights by the gradients that were learned last.</summary>
    void Step(double learningRate);

    /// <summary>Puts the moving average in the place of the weights until the result is disposed; null, and no change, without averaging.</summary>
    IDisposable? UseAverage();

    /// <summary>The learned arrays by the names of the network's form: copies, but for those that training does not change.</summary>
    IEnumerable<(string Name, float[] Values)> Export();

    /// <summary>All that is needed to go on bit for bit; valid until the next step. Not while the average is in the place of the weights.</summary>
    TrainingState Save();

    /// <summary>Goes on where a network of the same form was saved.</summary>
    /// <exception cref="ArgumentException">The state is of another form of network or other settings; nothing is changed.</exception>
    void Restore(TrainingState state);
}

/// <summary>A network over columns while it is trained.</summary>
internal interface ITrainableColumns : ITrainable
{
    /// <summary>The network's form.</summary>
    NetworkShape Shape { get; }

    /// <summary>Forward and backward of a batch: the gradients of its mean loss are kept for the next step.</summary>
    /// <returns>The weighted sum of the rows' losses.</returns>
    double Learn(RowBatch batch, BatchLoss loss);

    /// <summary>The scores of a batch as after training, nothing dropped and ensemble members averaged.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="scores">Receives (rows, outputs).</param>
    void Score(RowBatch batch, Span<float> scores);

    /// <summary>Whether there are running statistics of a batch normalisation, which belong to the weights that they were measured with.</summary>
    bool HasStatistics { get; }

    /// <summary>Measures the running statistics anew, as their plain mean over batches; while the average is in use, until it is put back.</summary>
    void EstimateStatistics(IEnumerable<RowBatch> batches);
}

/// <summary>An encoder-decoder while it is trained.</summary>
internal interface ITrainableEncoderDecoder : ITrainable
{
    /// <summary>The network's form.</summary>
    EncoderDecoderShape Shape { get; }

    /// <summary>Forward and backward of some pairs: the gradients of the mean loss of all steps are kept for the next step.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="smoothing">Share of the wanted probability that is spread over all classes.</param>
    /// <returns>The mean loss of the steps.</returns>
    double Learn(SequencePairs pairs, double smoothing);

    /// <summary>The loss of each step as after training, nothing dropped, without smoothing, and the class that is most probable there.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="firstClass">The first class that may be the most probable.</param>
    /// <param name="losses">Receives (steps).</param>
    /// <param name="best">Receives (steps).</param>
    void Judge(SequencePairs pairs, int firstClass, Span<double> losses, Span<int> best);
}

/// <summary>The state of a network in training and of its optimizer.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Arrays">Weights, moments and moving averages, by name.</param>
/// <param name="Generators">The states of generators that are not given by seed and step; empty where there are none.</param>
internal sealed record TrainingState(int Step, IReadOnlyDictionary<string, WeightArray> Arrays, byte[] Generators)
{
    /// <summary>Copies the arrays into others of the same names and lengths; changes none unless all fit.</summary>
    /// <exception cref="ArgumentException">The names or lengths are others.</exception>
    internal void CopyTo(IReadOnlyCollection<(string Name, float[] Values)> arrays)
    {
        foreach (var (name, values) in arrays)
        {
            if (!Arrays.TryGetValue(name, out var array)) throw Unfit($"lacks the array '{name}'");
            if (array.Values.Length != values.Length) throw Unfit($"has {array.Values.Length} values in the array '{name}' where {values.Length} are needed");
        }
        if (Arrays.Keys.Except(arrays.Select(array => array.Name)).FirstOrDefault() is { } extra)
            throw Unfit($"has the array '{extra}', for which there is no use");

        foreach (var (name, values) in arrays) Arrays[name].Values.CopyTo(values, 0);
    }

    private static ArgumentException Unfit(string what) =>
        new($"The state of the optimizer {what}; continue with the columns, data and options that it was saved with.");
}
