using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Brings the tokens of each row together into one vector, without regard to their order and without padded work; zeros for a row without tokens.</summary>
internal abstract class PoolingLayer(int width) : torch.nn.Module("pooling"), IKernel
{
    /// <param name="kind">The kind of pooling.</param>
    /// <param name="width">Length of a token's vector.</param>
    /// <param name="threads">How many threads may work.</param>
    internal static PoolingLayer Of(SequencePooling kind, int width, int threads) => kind switch
    {
        SequencePooling.Mean => new SumPooling(width, mean: true, threads),
        SequencePooling.Sum => new SumPooling(width, mean: false, threads),
        SequencePooling.Max => new MaxPooling(width, threads),
        _ => new AttentionPooling(width, threads),
    };

    /// <summary>What it learns.</summary>
    protected virtual torch.Tensor[] Weights => [];

    /// <summary>The rows that the next <see cref="Pool"/> is for.</summary>
    internal abstract RaggedRows Rows { get; }

    /// <summary>The rows' vectors: rows × width.</summary>
    /// <param name="terms">The vectors that the rows' tokens are of: terms × width.</param>
    internal torch.Tensor Pool(torch.Tensor terms) =>
        KernelFunction.Apply(this, torch.empty(Rows.Count, width), [terms, .. Weights]);

    /// <summary>Copies of the learned arrays, by the names of the column's shape.</summary>
    internal virtual IEnumerable<LearnedArray> Arrays(SequenceShape shape) => [];

    public abstract void Forward(IReadOnlyList<torch.Tensor> inputs, Span<float> result);

    public abstract void Backward(ReadOnlySpan<float> resultGradients, IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor?> gradients);
}
