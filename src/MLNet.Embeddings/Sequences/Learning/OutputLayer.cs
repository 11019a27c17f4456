using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>A number for each class of what the decoder gives at each step, and what these cost.</summary>
internal sealed class OutputLayer : torch.nn.Module, IKernel
{
    private readonly SoftmaxLoss _loss;
    private readonly Parameter? _weights;
    private readonly Parameter _bias;
    private int[] _wanted = [];
    private double _smoothing;

    internal OutputLayer(EncoderDecoderShape shape, int threads) : base("output")
    {
        _loss = new SoftmaxLoss(shape.ReadoutSize, shape.Classes, threads);
        if (!shape.Ties) register_parameter("weight", _weights = new Parameter(torch.nn.init.xavier_uniform_(torch.empty(shape.Classes, shape.ReadoutSize))));
        register_parameter("bias", _bias = new Parameter(torch.zeros(shape.Classes)));
    }

    /// <summary>The mean loss of some steps.</summary>
    /// <param name="decoded">What the decoder gives: steps × readout size.</param>
    /// <param name="table">The vectors of all keys, which are the weights if they are tied.</param>
    /// <param name="wanted">The class that is wanted at each step.</param>
    /// <param name="smoothing">Share of the wanted probability that is spread over all classes.</param>
    internal torch.Tensor Loss(torch.Tensor decoded, torch.Tensor table, int[] wanted, double smoothing)
    {
        (_wanted, _smoothing) = (wanted, smoothing);
        return KernelFunction.Apply(this, torch.empty(1), [decoded.contiguous(), _weights ?? table, _bias]);
    }

    /// <summary>What each step costs, without smoothing, and which class is the most probable there.</summary>
    /// <param name="decoded">What the decoder gives: steps × readout size.</param>
    /// <param name="table">The vectors of all keys, which are the weights if they are tied.</param>
    /// <param name="wanted">The class that is wanted at each step.</param>
    /// <param name="firstClass">The first class that may be the most probable.</param>
    internal (double[] Losses, int[] Best) Judge(torch.Tensor decoded, torch.Tensor table, int[] wanted, int firstClass)
    {
        double[] losses = new double[wanted.Length];
        int[] best = new int[wanted.Length];
        _loss.Judge(decoded.contiguous().Floats(), (_weights ?? table).Floats(), _bias.Floats(), wanted, firstClass, losses, best);
        return (losses, best);
    }

    internal IEnumerable<LearnedArray> Arrays() =>
    [
        .. _weights is null ? Array.Empty<LearnedArray>() : [new(EncoderDecoderShape.OutputWeights, () => _weights.Floats())],
        new(EncoderDecoderShape.OutputBias, () => _bias.Floats()),
    ];

    public void Forward(IReadOnlyList<torch.Tensor> inputs, Span<float> result) =>
        result[0] = (float)_loss.Forward(inputs[0].Floats(), inputs[1].Floats(), inputs[2].Floats(), _wanted, _smoothing);

    public void Backward(ReadOnlySpan<float> resultGradients, IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor?> gradients) =>
        _loss.Backward(resultGradients[0], gradients[0]!.Floats(), gradients[1]!.Floats(), gradients[2]!.Floats());
}
