namespace MLNet.Embeddings;

/// <summary>A number for each class of what an encoder-decoder reads out at each step, and what these cost.</summary>
internal sealed class OutputLayer
{
    private readonly EmbeddingTable _target;
    private readonly Parameter? _weights;
    private readonly Parameter _bias;
    private readonly PackedMatrix? _packed;
    private readonly Lazy<SoftmaxLoss> _loss;

    /// <param name="context">What the layers of the network share.</param>
    /// <param name="shape">The network's form.</param>
    /// <param name="target">The target's table, whose rows are the weights if they are tied.</param>
    internal OutputLayer(LayerContext context, EncoderDecoderShape shape, EmbeddingTable target)
    {
        var (inputs, classes) = (shape.ReadoutSize, shape.Classes);
        _target = target;
        if (!shape.Ties) _weights = context.Matrix(EncoderDecoderShape.OutputWeights, Initializers.Glorot(inputs, classes), classes, inputs);
        _bias = context.Vector(EncoderDecoderShape.OutputBias, Initializers.Zeros, classes);
        if (context.Parameters.IsFixed) _packed = context.Parameters.Share(shape.OutputLayer, () => PackedMatrix.Of(Weights, classes, inputs));
        // Decoding has no use for it, and it is the largest memory of all.
        _loss = new(() => new SoftmaxLoss(inputs, classes, context.Threads));
    }

    private ReadOnlySpan<float> Weights => _weights is null ? _target.Values : _weights.Values;

    /// <summary>The mean loss of some steps, whose gradients are added to those of the parameters.</summary>
    /// <param name="read">What was read out: (steps, readout size).</param>
    /// <param name="wanted">The class that is wanted at each step.</param>
    /// <param name="smoothing">Share of the wanted probability that is spread over all classes.</param>
    /// <param name="readGradients">Added to, as <paramref name="read"/>.</param>
    /// <param name="sums">What gradients of dense parameters are added to.</param>
    internal double Learn(ReadOnlySpan<float> read, int[] wanted, double smoothing, Span<float> readGradients, float[] sums) => _loss.Value.Learn(
        read, Weights, _bias.Values, wanted, smoothing, readGradients, _weights is null ? _target.Gradients : _weights.In(sums), _bias.In(sums));

    /// <summary>What each step costs, without smoothing, and which class is the most probable there.</summary>
    /// <param name="read">What was read out: (steps, readout size).</param>
    /// <param name="wanted">The class that is wanted at each step.</param>
    /// <param name="firstClass">The first class that may be the most probable.</param>
    /// <param name="losses">Receives (steps).</param>
    /// <param name="best">Receives (steps).</param>
    internal void Judge(ReadOnlySpan<float> read, int[] wanted, int firstClass, Span<double> losses, Span<int> best) =>
        _loss.Value.Judge(read, Weights, _bias.Values, wanted, firstClass, losses, best);

    /// <summary>The numbers whose softmax are the probabilities of the classes, of fixed weights.</summary>
    /// <param name="read">What was read out: (count, readout size).</param>
    /// <param name="count">How many.</param>
    /// <param name="scores">Receives (count, classes).</param>
    internal void Score(ReadOnlySpan<float> read, int count, Span<float> scores) => MatrixProduct.Multiply(read, count, _packed!, _bias.Values, scores);
}
