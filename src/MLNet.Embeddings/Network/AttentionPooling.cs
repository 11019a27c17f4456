using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>The mean of a row's tokens, weighted by learned attention: see <see cref="SequenceEncoder.Attention"/>.</summary>
internal sealed class AttentionPooling : PoolingLayer
{
    private readonly RaggedAttention _attention;
    private readonly Parameter _weights, _bias, _query;

    internal AttentionPooling(int width, int threads) : base(width)
    {
        _attention = new RaggedAttention(width, threads);
        _weights = new Parameter(torch.nn.init.xavier_uniform_(torch.empty(width, width)));
        _bias = new Parameter(torch.zeros(width));
        _query = new Parameter(torch.nn.init.xavier_uniform_(torch.empty(1, width)).squeeze(0));
        RegisterComponents();
    }

    internal override RaggedRows Rows => _attention.Rows;

    protected override torch.Tensor[] Weights => [_weights, _bias, _query];

    internal override IEnumerable<LearnedArray> Arrays(SequenceShape shape) =>
    [
        new(shape.AttentionWeights, () => _weights.Floats()),
        new(shape.AttentionBias, () => _bias.Floats()),
        new(shape.AttentionQuery, () => _query.Floats()),
    ];

    public override void Forward(IReadOnlyList<torch.Tensor> inputs, Span<float> result) =>
        _attention.Forward(inputs[0].Floats(), inputs[1].Floats(), inputs[2].Floats(), inputs[3].Floats(), result);

    public override void Backward(ReadOnlySpan<float> resultGradients, IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor?> gradients)
    {
        using var unneeded = gradients[0] is null ? torch.zeros_like(inputs[0]) : null;
        _attention.Backward(
            resultGradients, inputs[0].Floats(), inputs[1].Floats(), inputs[3].Floats(),
            (gradients[0] ?? unneeded!).Floats(), gradients[1]!.Floats(), gradients[2]!.Floats(), gradients[3]!.Floats());
    }
}
