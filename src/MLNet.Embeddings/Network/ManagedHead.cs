namespace MLNet.Embeddings;

/// <summary>The dense layers of a network without torch: relu and dropout behind each hidden one; the last gives the scores.</summary>
internal sealed class ManagedHead
{
    internal ManagedHead(NetworkShape shape, SplitMix random)
    {
        (int Inputs, int Outputs)[] sizes = [.. shape.Head.HiddenUnits.Prepend(shape.CombinedSize).Zip([.. shape.Head.HiddenUnits, shape.Outputs])];
        int weights = 0, bias = sizes.Sum(size => size.Inputs * size.Outputs);
        Dense = new ParameterBlock(bias, sizes.Sum(size => size.Outputs));
        var layers = new ManagedLayer[sizes.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            var (inputs, outputs) = sizes[i];
            layers[i] = new ManagedLayer(Dense, inputs, outputs, weights, bias);
            // Keras's initial values (keras.layers.Dense): Glorot uniform weights, zero biases.
            UniformValues.Draw(inputs * outputs, Math.Sqrt(6.0 / (inputs + outputs)), random).CopyTo(layers[i].Weights);
            weights += inputs * outputs;
            bias += outputs;
        }
        Layers = layers;
    }

    internal ParameterBlock Dense { get; }

    internal IReadOnlyList<ManagedLayer> Layers { get; }

    /// <summary>Lays out the weights as they are now for the forward pass.</summary>
    internal void PackForward()
    {
        foreach (var layer in Layers) layer.PackForward();
    }

    /// <summary>Lays out the weights as they are now for the backward pass.</summary>
    internal void PackBackward()
    {
        foreach (var layer in Layers) layer.PackBackward();
    }

    internal IEnumerable<(string Name, float[] Values)> Export() => Layers.SelectMany((layer, i) => new[]
    {
        (HeadShape.LayerWeights(i), layer.Weights.ToArray()),
        (HeadShape.LayerBias(i), layer.Bias.ToArray()),
    });
}
