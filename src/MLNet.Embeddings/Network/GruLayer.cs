using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>One layer of a GRU, in one direction or both, without padded work.</summary>
internal sealed class GruLayer : torch.nn.Module, IKernel
{
    private readonly GruShape[] _directions;
    private readonly RaggedGru[] _grus;
    private readonly Parameter[] _weights;
    private readonly bool _everyState;
    private readonly int _width;

    /// <param name="directions">The layer's directions.</param>
    /// <param name="everyState">True to give the state after each token; else the last one of each row.</param>
    /// <param name="threads">How many threads may work.</param>
    internal GruLayer(GruShape[] directions, bool everyState, int threads) : base("layer")
    {
        (_directions, _everyState, _width) = (directions, everyState, directions.Sum(direction => direction.Units));
        _grus = [.. directions.Select(direction => new RaggedGru(
            new(direction.Inputs, direction.Units) { EveryState = everyState, Reversed = direction.Reversed, Bidirectional = directions.Length > 1 }, threads))];
        _weights = [.. directions.SelectMany(direction => GruWeights.Create(direction.Inputs, direction.Units))];
        foreach (var (i, parameter) in _weights.Index()) register_parameter($"{i}", parameter);
    }

    /// <summary>The states: rows × width or tokens × width.</summary>
    /// <param name="rows">What is read.</param>
    /// <param name="terms">The vectors that the rows' tokens are of: terms × inputs.</param>
    /// <param name="starts">The state that each row starts with, rows × units, of a layer of one direction; null for zeros.</param>
    internal torch.Tensor Read(RaggedRows rows, torch.Tensor terms, torch.Tensor? starts = null)
    {
        foreach (var gru in _grus) gru.Plan(rows);
        var states = torch.empty(_everyState ? rows.Tokens : rows.Count, _width);
        return KernelFunction.Apply(this, states, starts is null ? [terms, .. _weights] : [terms, .. _weights, starts]);
    }

    /// <summary>Copies of the learned arrays.</summary>
    internal IEnumerable<LearnedArray> Arrays() =>
        _directions.SelectMany(direction => direction.Weights()).Zip(_weights, (weight, parameter) => new LearnedArray(weight.Name, () => parameter.Floats()));

    public void Forward(IReadOnlyList<torch.Tensor> inputs, Span<float> result)
    {
        for (int i = 0; i < _grus.Length; i++)
        {
            int first = 1 + 4 * i;
            _grus[i].Forward(
                inputs[0].Floats(), inputs[first].Floats(), inputs[first + 1].Floats(), inputs[first + 2].Floats(), inputs[first + 3].Floats(), result,
                HasStarts(inputs) ? inputs[^1].Floats() : []);
        }
    }

    public void Backward(ReadOnlySpan<float> resultGradients, IReadOnlyList<torch.Tensor> inputs, IReadOnlyList<torch.Tensor?> gradients)
    {
        for (int i = 0; i < _grus.Length; i++)
        {
            int first = 1 + 4 * i;
            _grus[i].Backward(
                resultGradients, inputs[0].Floats(), inputs[first].Floats(), inputs[first + 1].Floats(), gradients[0] is { } terms ? terms.Floats() : [],
                gradients[first]!.Floats(), gradients[first + 1]!.Floats(), gradients[first + 2]!.Floats(), gradients[first + 3]!.Floats(),
                HasStarts(inputs) ? gradients[^1]!.Floats() : []);
        }
    }

    /// <summary>Starts come behind the weights.</summary>
    private bool HasStarts(IReadOnlyList<torch.Tensor> inputs) => inputs.Count > 1 + _weights.Length;
}
