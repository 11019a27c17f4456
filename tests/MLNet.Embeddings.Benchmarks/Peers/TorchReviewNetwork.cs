using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Network A as one writes it straight in TorchSharp.</summary>
internal sealed class TorchReviewNetwork : torch.nn.Module<ReviewKeys[], torch.Tensor>
{
    private readonly TorchTextEncoder _title, _body;
    private readonly Linear _output;

    /// <param name="titleKeys">Keys of titles, beside the padding.</param>
    /// <param name="bodyKeys">Keys of bodies, beside the padding.</param>
    /// <param name="fixedLength">Whether texts are padded to 50 and 300 terms; else to the longest in the batch.</param>
    internal TorchReviewNetwork(int titleKeys, int bodyKeys, bool fixedLength) : base("network A")
    {
        _title = new(titleKeys, NetworkA.TitleDimensions, NetworkA.TitleUnits, fixedLength ? NetworkA.TitleLength : null);
        _body = new(bodyKeys, NetworkA.BodyDimensions, NetworkA.BodyUnits, fixedLength ? NetworkA.BodyLength : null);
        _output = torch.nn.Linear(NetworkA.TitleUnits + NetworkA.BodyUnits, 1);
        RegisterComponents();
    }

    /// <returns>The logits, one a row.</returns>
    public override torch.Tensor forward(ReviewKeys[] rows)
    {
        var title = _title.call(Array.ConvertAll(rows, row => row.Title));
        var body = _body.call(Array.ConvertAll(rows, row => row.Body));
        return _output.call(torch.cat([title, body], dim: 1)).squeeze(1);
    }

    /// <summary>A network with the weights of one of ours.</summary>
    internal static TorchReviewNetwork Of(TrainedNetwork network, bool fixedLength)
    {
        var (title, body) = ((SequenceShape)network.Shape.Columns[0], (SequenceShape)network.Shape.Columns[1]);
        var copy = new TorchReviewNetwork(title.KeyCount, body.KeyCount, fixedLength);
        copy._title.Take(network, title);
        copy._body.Take(network, body);
        copy._output.weight!.Take(network.Weights[HeadShape.LayerWeights(0)]);
        copy._output.bias!.Take(network.Weights[HeadShape.LayerBias(0)]);
        return copy;
    }
}
