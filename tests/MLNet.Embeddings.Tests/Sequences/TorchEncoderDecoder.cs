using static TorchSharp.torch;

namespace MLNet.Embeddings.Tests;

/// <summary>An encoder-decoder of torch's operations alone, row by row and in double precision, to differentiate by.</summary>
internal sealed class TorchEncoderDecoder
{
    private readonly EncoderDecoderShape _shape;

    internal TorchEncoderDecoder(TrainedEncoderDecoder network)
    {
        _shape = network.Shape;
        Weights = network.Weights.ToDictionary(weight => weight.Key,
            weight => tensor(weight.Value.Values).to(ScalarType.Float64).view(
                Array.ConvertAll(weight.Value.Extents, extent => (long)extent)).detach().requires_grad_());
    }

    /// <summary>The network's arrays, which collect gradients.</summary>
    internal IReadOnlyDictionary<string, Tensor> Weights { get; }

    /// <summary>The numbers for the classes at each step of a given output: steps × classes.</summary>
    internal Tensor Scores(int[] source, int[] target)
    {
        var read = source.Select(key => Weights[_shape.Source.Table][key]).ToArray();
        var hidden = new List<Tensor>();
        foreach (var layer in _shape.Source.RecurrentLayers)
        {
            var directions = layer.Select(gru => Run(gru, gru.Reversed ? [.. read.Reverse()] : read)).ToArray();
            hidden.Add(cat([.. directions.Select(states => states[^1])]));
            for (int i = 1; i < directions.Length; i++) Array.Reverse(directions[i]);
            read = [.. source.Select((_, token) => cat([.. directions.Select(states => states[token])]))];
        }
        if (_shape.HasBridge)
            hidden = [.. hidden.Select((state, layer) => tanh(Affine(EncoderDecoderShape.BridgeWeights(layer), EncoderDecoderShape.BridgeBias(layer), state)))];
        var memory = stack(read);
        return stack([.. new[] { 0 }.Concat(target).Select(key => Step(key, hidden, memory))]);
    }

    /// <summary>The same for the outputs of several sources, one after the other.</summary>
    internal Tensor Scores(IEnumerable<(int[] Source, int[] Target)> pairs) => cat([.. pairs.Select(pair => Scores(pair.Source, pair.Target))]);

    /// <summary>The classes that are wanted at each step of these outputs: their keys, and the end.</summary>
    internal static Tensor Wanted(IEnumerable<(int[] Source, int[] Target)> pairs) =>
        tensor(pairs.SelectMany(pair => pair.Target.Append(0)).Select(key => (long)key).ToArray());

    /// <summary>The logarithms of the classes' probabilities after some tokens of an output.</summary>
    internal double[] LogProbabilities(int[] source, int[] before)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return Scores(source, before)[before.Length].log_softmax(0).data<double>().ToArray();
    }

    private Tensor Step(int key, List<Tensor> hidden, Tensor memory)
    {
        var read = Weights[_shape.Target.Table][key];
        foreach (var (layer, grus) in _shape.Target.RecurrentLayers.Index()) read = hidden[layer] = Next(grus[0], read, hidden[layer]);
        if (_shape.Attends)
        {
            var shares = memory.mv(Weights[EncoderDecoderShape.AttentionWeights].mv(read)).softmax(0);
            read = cat([memory.t().mv(shares), read]);
        }
        if (_shape.HasReadout) read = tanh(Weights[EncoderDecoderShape.ReadoutWeights].mv(read));
        return Affine(_shape.OutputLayer, EncoderDecoderShape.OutputBias, read);
    }

    private Tensor[] Run(RecurrentShape gru, Tensor[] inputs)
    {
        var state = zeros(gru.Units, dtype: ScalarType.Float64);
        return [.. inputs.Select(input => state = Next(gru, input, state))];
    }

    private Tensor Next(RecurrentShape gru, Tensor input, Tensor state)
    {
        var x = Affine(gru.InputWeights, gru.InputBias, input).chunk(3);
        var g = Affine(gru.HiddenWeights, gru.HiddenBias, state).chunk(3);
        var update = sigmoid(x[1] + g[1]);
        return (1 - update) * tanh(x[2] + sigmoid(x[0] + g[0]) * g[2]) + update * state;
    }

    private Tensor Affine(string weights, string bias, Tensor input) => Weights[weights].mv(input) + Weights[bias];
}
