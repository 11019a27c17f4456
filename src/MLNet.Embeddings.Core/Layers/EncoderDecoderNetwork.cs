namespace MLNet.Embeddings;

/// <summary>
/// An encoder-decoder: what training and validation run, and decoding takes its layers from. See <see cref="EncoderDecoderShape"/> for what it computes.
/// </summary>
/// <remarks>It keeps its memory from batch to batch and treats one batch at a time, on as many threads as it was given.</remarks>
internal sealed class EncoderDecoderNetwork
{
    /// <summary>
    /// Range of the initial values of a table that is only read. Wide, so that a GRU tells its terms apart from the first step on: most words come up too
    /// seldom for their vectors to grow. On 12,000 pairs of English and French ten epochs with 0.05 in both tables ended at a token error of 64 %, with these
    /// ranges at one of 54 %.
    /// </summary>
    private const double ReadRange = 1;

    /// <summary>That of a table whose rows are the output layer's weights as well: wider ones would make the network sure of its first guesses.</summary>
    private const double TiedRange = 0.15;

    private readonly DenseLayer[] _bridges;
    private readonly int[] _everyKey;
    private readonly AlignedFloats _readGradients = new(), _memoryGradients = new();

    /// <param name="shape">The network's form.</param>
    /// <param name="parameters">Where its arrays come from.</param>
    /// <param name="threads">How many threads may work.</param>
    /// <param name="dropout">What is dropped in training.</param>
    internal EncoderDecoderNetwork(EncoderDecoderShape shape, ParameterSource parameters, int threads, DropoutPlan dropout)
    {
        var context = new LayerContext(parameters, threads, dropout);
        Shape = shape;
        var (source, target) = (shape.Source, shape.Target);
        var sourceTable = new TableShape(source.Table, source.KeyCount, source.Dimensions, IsPadded: true, [0]) { InitialRange = ReadRange };
        var targetTable = new TableShape(target.Table, target.KeyCount, target.Dimensions, IsPadded: false, [1])
        {
            InitialRange = shape.Ties ? TiedRange : ReadRange,
        };
        (Encoder, Decoder) = (new(context, source, sourceTable, continues: false), new(context, target, targetTable, continues: true));
        _bridges = shape.HasBridge
            ? [.. Encoder.Layers.Select((_, layer) =>
                DenseLayer.Of(context, EncoderDecoderShape.BridgeWeights(layer), EncoderDecoderShape.BridgeBias(layer), shape.EncodedSize, shape.Units))]
            : [];
        Readout = new ReadoutLayer(context, shape);
        Output = new OutputLayer(context, shape, Decoder.Table);
        _everyKey = [.. Enumerable.Range(0, shape.Ties && !parameters.IsFixed ? shape.Classes : 0)];
    }

    /// <summary>The arrays that training begins with, each drawn from a random stream of its own.</summary>
    internal static IReadOnlyDictionary<string, InitialArray> Draw(EncoderDecoderShape shape, int seed)
    {
        var parameters = new InitialParameters(seed, new Dictionary<string, InitialArray>());
        _ = new EncoderDecoderNetwork(shape, parameters, threads: 1, DropoutPlan.None);
        return parameters.Arrays;
    }

    internal EncoderDecoderShape Shape { get; }

    internal RecurrentStack Encoder { get; }

    internal RecurrentStack Decoder { get; }

    internal ReadoutLayer Readout { get; }

    internal OutputLayer Output { get; }

    /// <summary>Lays the weights out as they are now.</summary>
    internal void Pack(bool backward)
    {
        Encoder.Pack(backward);
        Decoder.Pack(backward);
        foreach (var bridge in _bridges) bridge.Pack(backward);
        Readout.Pack(backward);
    }

    /// <summary>Forward and backward of some pairs.</summary>
    /// <param name="pairs">The pairs, whose sources are not empty.</param>
    /// <param name="smoothing">Share of the wanted probability that is spread over all classes.</param>
    /// <param name="step">Number of the step, which decides what is dropped.</param>
    /// <param name="sums">What gradients of dense parameters are added to.</param>
    /// <returns>The mean loss of the steps.</returns>
    internal double Learn(SequencePairs pairs, double smoothing, long step, float[] sums)
    {
        var pass = Pass.Training(step);
        // With tied weights all rows of the target's table are needed; then a term's number is its key.
        if (Shape.Ties) pairs = pairs with { Steps = new SequenceBatch(_everyKey, pairs.Steps.Lengths, pairs.KeysRead) };
        var read = Decode(pairs, pass);
        var readGradients = Cleared(_readGradients, read.Length);
        double loss = Output.Learn(read, pairs.Wanted, smoothing, readGradients, sums);
        Backward(readGradients, pass, sums);
        Encoder.Table.Merge();
        Decoder.Table.Merge();
        return loss;
    }

    /// <summary>What each step costs, without smoothing and with nothing dropped, and which class is the most probable there.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="firstClass">The first class that may be the most probable.</param>
    /// <param name="losses">Receives (steps).</param>
    /// <param name="best">Receives (steps).</param>
    internal void Judge(SequencePairs pairs, int firstClass, Span<double> losses, Span<int> best) =>
        Output.Judge(Decode(pairs, Pass.Scoring), pairs.Wanted, firstClass, losses, best);

    /// <summary>Encodes sources by a fixed table, to be decoded: the states of the encoder, and the edge of the decoder that follows from them.</summary>
    /// <param name="lengths">Tokens of each source, of which there may be none.</param>
    /// <param name="keys">Their keys, one source after the other.</param>
    internal void Encode(ReadOnlySpan<int> lengths, ReadOnlySpan<int> keys)
    {
        Encoder.ForwardByKey(lengths, keys);
        Bridge(lengths.Length);
    }

    /// <summary>What the output layer reads at each step: (steps, readout size).</summary>
    private Span<float> Decode(SequencePairs pairs, Pass pass)
    {
        Encoder.Forward(pairs.Source, pass);
        Bridge(pairs.Source.RowCount);
        Decoder.Forward(pairs.Steps, pass);
        return Readout.Forward(Decoder.Rows, Decoder.Results, Encoder.Rows, Encoder.Results, pass);
    }

    private void Backward(Span<float> readGradients, Pass pass, float[] sums)
    {
        var memoryGradients = Cleared(_memoryGradients, Encoder.Rows.Tokens * Encoder.Width);
        Decoder.Backward(Readout.Backward(readGradients, Decoder.Results, Encoder.Results, memoryGradients, pass, sums), pass, sums);
        BackwardBridge(sums);
        Encoder.Backward(memoryGradients, pass, sums);
    }

    /// <summary>From the states that the encoder ends with to those that the decoder begins with: tanh(W s + b), or s itself where the lengths agree.</summary>
    private void Bridge(int rows)
    {
        for (int layer = 0; layer < Decoder.Layers.Length; layer++)
        {
            Span<float> ends = Encoder.Edge(layer, rows), starts = Decoder.Edge(layer, rows);
            if (_bridges.Length == 0)
            {
                ends.CopyTo(starts);
                continue;
            }
            _bridges[layer].ForwardAll(ends, rows, starts);
            Activation.Tanh(starts);
        }
    }

    private void BackwardBridge(float[] sums)
    {
        int rows = Decoder.Rows.Count;
        for (int layer = 0; layer < Decoder.Layers.Length; layer++)
        {
            Span<float> startGradients = Decoder.EdgeGradients(layer, rows), endGradients = Encoder.EdgeGradients(layer, rows);
            if (_bridges.Length == 0)
            {
                startGradients.CopyTo(endGradients);
                continue;
            }
            ActivationGradient.Tanh(startGradients, Decoder.Edge(layer, rows));
            _bridges[layer].BackwardAll(Encoder.Edge(layer, rows), rows, startGradients, endGradients, sums);
        }
    }

    private static Span<float> Cleared(AlignedFloats memory, int length)
    {
        var span = memory.Span(length);
        span.Clear();
        return span;
    }
}
