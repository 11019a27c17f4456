namespace MLNet.Embeddings;

/// <summary>Filters over windows of neighbouring terms of several widths, and of each filter its largest output: Kim 2014 (arXiv 1408.5882).</summary>
internal sealed unsafe class ConvolutionLayer : SequenceEncoderLayer
{
    private readonly Window[] _windows;

    internal ConvolutionLayer(SequenceShape shape, LayerContext context)
    {
        var table = context.TableOf(shape);
        _windows = [.. shape.Convolutions.Select((convolution, i) => new Window(context, convolution, shape.OutputSize, i * convolution.Filters, table))];
    }

    internal override void Pack(bool backward)
    {
        foreach (var window in _windows) window.Pack(backward);
    }

    internal override void Forward(RaggedRows rows, ReadOnlySpan<float> terms, Span<float> vectors, Pass pass)
    {
        foreach (var window in _windows) window.Convolution.Forward(rows, terms, window.Weights, vectors, pass.IsTraining);
    }

    internal override void ForwardByKey(RaggedRows rows, ReadOnlySpan<int> keys, Span<float> vectors)
    {
        foreach (var window in _windows) window.Convolution.ForwardProjected(rows, window.ProjectionsOf(keys), window.Weights, vectors);
    }

    internal override void Backward(
        RaggedRows rows, ReadOnlySpan<float> gradients, ReadOnlySpan<float> terms, Span<float> termGradients, Pass pass, float[] sums)
    {
        foreach (var window in _windows) window.Backward(gradients, terms, termGradients, sums);
    }

    /// <summary>The filters of one width.</summary>
    private sealed class Window
    {
        private readonly Parameter _weights, _bias;
        private readonly TermValues? _projections;
        private readonly int _threads;

        internal Window(LayerContext context, ConvolutionShape shape, int width, int offset, EmbeddingTable table)
        {
            var form = new ConvolutionForm(shape.Width, shape.Inputs, shape.Filters) { Width = width, Offset = offset };
            _threads = context.Threads;
            _weights = context.Matrix(
                shape.Weight, Initializers.Glorot(shape.Width * shape.Inputs, shape.Width * shape.Filters), shape.Filters, shape.Width * shape.Inputs);
            _bias = context.Vector(shape.Bias, Initializers.Zeros, shape.Filters);
            Convolution = new RaggedConvolution(form, context.Threads);
            bool isFixed = context.Parameters.IsFixed;
            Weights = context.Parameters.Share(shape.Weight, () =>
            {
                var weights = new ConvolutionWeights(form, context.Threads);
                if (isFixed) weights.PackForward(_weights.Values, _bias.Values);
                return weights;
            });
            if (isFixed) _projections = context.Parameters.Share(shape.Weight, () => new TermValues(table, form.Projected, Weights.Project));
        }

        internal RaggedConvolution Convolution { get; }

        internal ConvolutionWeights Weights { get; }

        internal void Pack(bool backward)
        {
            Weights.PackForward(_weights.Values, _bias.Values);
            if (backward) Weights.PackBackward();
        }

        internal float* ProjectionsOf(ReadOnlySpan<int> keys) => _projections!.Require(keys, _threads);

        internal void Backward(ReadOnlySpan<float> gradients, ReadOnlySpan<float> terms, Span<float> termGradients, float[] sums) =>
            Convolution.Backward(gradients, terms, Weights, termGradients, _weights.In(sums), _bias.In(sums));
    }
}
