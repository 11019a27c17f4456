namespace MLNet.Embeddings;

/// <summary>The dense layers of a network without torch: relu and dropout behind each hidden one; the last gives the scores.</summary>
/// <param name="shape">The network's form.</param>
/// <param name="layout">Gives out the places of the layers' parameters.</param>
internal sealed class ManagedHead(NetworkShape shape, ParameterLayout layout)
{
    internal IReadOnlyList<ManagedLayer> Layers { get; } =
        [
            .. shape.Head.HiddenUnits.Prepend(shape.CombinedSize).Zip([.. shape.Head.HiddenUnits, shape.Outputs], (inputs, outputs) => new ManagedLayer(inputs, outputs, layout)),
        ];

    /// <summary>Draws initial values.</summary>
    internal void Initialize(SplitMix random)
    {
        foreach (var layer in Layers) layer.Initialize(random);
    }

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

    internal IEnumerable<LearnedArray> Arrays() => Layers.SelectMany((layer, i) => new[]
    {
        new LearnedArray(HeadShape.LayerWeights(i), () => layer.Weights),
        new LearnedArray(HeadShape.LayerBias(i), () => layer.Bias),
    });
}
