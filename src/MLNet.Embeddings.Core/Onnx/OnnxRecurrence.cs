namespace MLNet.Embeddings;

/// <summary>Layers of a GRU or an LSTM in a graph.</summary>
internal static class OnnxRecurrence
{
    /// <summary>Gates in the order of ONNX: those of a GRU are update, reset, candidate; of an LSTM input, output, forget, cell.</summary>
    private static readonly int[] GruGates = [1, 0, 2], LstmGates = [0, 3, 1, 2];

    /// <param name="arrays">The trained arrays.</param>
    /// <param name="directions">The layer, in one direction or both.</param>
    /// <param name="inputs">Places × rows × inputs.</param>
    /// <param name="lengths">How many places each row has, at least 1, as Int32.</param>
    /// <param name="wantsStates">Whether all states are wanted.</param>
    /// <returns>All states, places × directions × rows × units, and the last ones, directions × rows × units.</returns>
    internal static (OnnxValue States, OnnxValue Ends) Of(
        OnnxArrays arrays, RecurrentShape[] directions, OnnxValue inputs, OnnxValue lengths, bool wantsStates)
    {
        var shape = directions[0];
        int count = directions.Length, units = shape.Units;
        var (inputWeights, hiddenWeights, bias) = Weights(arrays, directions);
        OnnxValue[] given = [inputs, inputWeights, hiddenWeights, bias, lengths];
        (string, object) direction = ("direction", count > 1 ? "bidirectional" : "forward");
        var results = shape.IsLstm
            ? arrays.Graph.ApplyAll(OnnxDomains.Standard, "LSTM", given, [wantsStates, true], direction, ("hidden_size", (long)units))
            : arrays.Graph.ApplyAll(
                OnnxDomains.Standard, "GRU", given, [wantsStates, true], direction, ("hidden_size", (long)units), ("linear_before_reset", 1L));
        return (results[0], results[^1]);
    }

    /// <summary>A step of a GRU in one direction, within a loop: the states after it, 1 × rows × units.</summary>
    /// <param name="step">The graph of the loop.</param>
    /// <param name="arrays">The trained arrays.</param>
    /// <param name="directions">The layer.</param>
    /// <param name="inputs">1 × rows × inputs.</param>
    /// <param name="state">The states before, 1 × rows × units.</param>
    internal static OnnxValue Step(OnnxGraph step, OnnxArrays arrays, RecurrentShape[] directions, OnnxValue inputs, OnnxValue state)
    {
        var (inputWeights, hiddenWeights, bias) = Weights(arrays, directions);
        OnnxValue[] given = [inputs, step.Value(inputWeights.Name), step.Value(hiddenWeights.Name), step.Value(bias.Name), step.Value(""), state];
        return step.ApplyAll(
            OnnxDomains.Standard, "GRU", given, [false, true], ("hidden_size", (long)directions[0].Units), ("linear_before_reset", 1L))[0];
    }

    private static (OnnxValue Input, OnnxValue Hidden, OnnxValue Bias) Weights(OnnxArrays arrays, RecurrentShape[] directions)
    {
        var shape = directions[0];
        int count = directions.Length, units = shape.Units;
        int[] gates = shape.IsLstm ? LstmGates : GruGates;
        return (
            arrays.Get(shape.InputWeights, ".gates", () =>
                OnnxTensor.Of(InOrder(direction => direction.InputWeights), count, gates.Length * units, shape.Inputs)),
            arrays.Get(shape.HiddenWeights, ".gates", () =>
                OnnxTensor.Of(InOrder(direction => direction.HiddenWeights), count, gates.Length * units, units)),
            arrays.Get(shape.InputBias, ".gates", () => OnnxTensor.Of(Biases(), count, 2 * gates.Length * units)));

        float[] InOrder(Func<RecurrentShape, string> name) => [.. directions.SelectMany(one => InGateOrder(arrays.Values(name(one)), gates))];
        float[] Biases() => [.. directions.SelectMany(one =>
            InGateOrder(arrays.Values(one.InputBias), gates).Concat(InGateOrder(arrays.Values(one.HiddenBias), gates)))];
    }

    private static float[] InGateOrder(ReadOnlySpan<float> values, int[] gates)
    {
        int size = values.Length / gates.Length;
        float[] result = new float[values.Length];
        for (int i = 0; i < gates.Length; i++) values.Slice(gates[i] * size, size).CopyTo(result.AsSpan(i * size));
        return result;
    }
}
