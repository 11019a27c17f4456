namespace MLNet.Embeddings;

/// <summary>One step on a row's way from the columns' vectors to the network's outputs. Immutable.</summary>
/// <param name="inputs">Values per row that go in.</param>
/// <param name="outputs">Values per row that come out.</param>
internal abstract class HeadStage(int inputs, int outputs)
{
    internal int Inputs => inputs;

    internal int Outputs => outputs;

    /// <summary>About how many products a row costs.</summary>
    internal virtual long Products => 1 + inputs;

    /// <summary>From rows of inputs to as many rows of outputs.</summary>
    internal abstract void Apply(ReadOnlySpan<float> values, int rows, Span<float> results);

    /// <summary>The stages of a network in order.</summary>
    internal static HeadStage[] Of(TrainedNetwork network)
    {
        var (shape, head) = (network.Shape, network.Shape.Head);
        List<HeadStage> stages = [];
        if (head.Combination != ColumnCombination.Concatenate) stages.Add(new CombineStage(network));
        bool isEnsemble = head.EnsembleSize > 1;
        if (isEnsemble) stages.Add(new MembersStage(network));
        int inputs = shape.CombinedSize;
        for (int i = 0; i < head.HiddenUnits.Count; i++)
        {
            stages.Add(isEnsemble ? new EnsembleStage(network, i, inputs) : new DenseStage(network, i, inputs, head.HiddenUnits[i], new HiddenStep(network, i)));
            inputs = head.HiddenUnits[i];
        }
        if (isEnsemble)
        {
            stages.Add(new EnsembleOutputStage(network, inputs));
            stages.Add(new AverageStage(shape));
        }
        else
        {
            stages.Add(new DenseStage(network, head.HiddenUnits.Count, inputs, shape.Outputs, hidden: null));
        }
        return [.. stages];
    }
}
