using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>A trained model in a graph: what a <see cref="ModelNetwork"/> computes of the keys and numbers of its columns.</summary>
internal static class OnnxNetwork
{
    /// <summary>The outputs of a model, rows × outputs.</summary>
    internal static OnnxValue Outputs(OnnxGraph graph, TrainedModel model, OnnxInputs inputs)
    {
        var labels = model.Shape.Labels;
        // All networks read the numbers on the scale of the first.
        var scaled = model.Shape.Columns.OfType<NumberShape>().ToDictionary(
            number => number.Name, number => OnnxNumbers.Scaled(graph, number.Scale(model.Networks[0]), inputs.NumbersOf(number.Name)));
        OnnxValue[] networks =
            [.. model.Networks.Select((network, i) => Outputs(new OnnxArrays(graph, network, Prefix(model, i)), network.Shape, inputs, scaled))];
        var outputs = networks.Length == 1 ? networks[0] : Average(labels, networks);
        if (model.Wide is not { } wide) return outputs;
        return OnnxAverages.Mixture(labels, model.Mixture, outputs, OnnxWide.Outputs(new OnnxArrays(graph, wide, ""), wide, inputs));
    }

    private static OnnxValue Outputs(OnnxArrays arrays, NetworkShape shape, OnnxInputs inputs, Dictionary<string, OnnxValue> scaled)
    {
        var padded = shape.Tables.ToDictionary(table => table.Name, table => table.IsPadded);
        OnnxValue[] columns = [.. shape.Columns.Select(column => column switch
        {
            CategoryShape category => arrays[category.Table].At(inputs.KeyOf(category.Name)),
            BagShape bag => OnnxSequences.Bag(arrays, bag, padded[bag.Table], inputs.KeysOf(bag.Name)),
            SequenceShape sequence => OnnxSequences.Vector(arrays, sequence, padded[sequence.Table], inputs.KeysOf(sequence.Name)),
            NumberShape number => OnnxNumbers.Vector(arrays, number, scaled[number.Name], inputs.NumbersOf(number.Name)),
            _ => throw new UnreachableException($"{column}"),
        })];
        var outputs = OnnxHead.Outputs(arrays, shape, columns);
        return shape.Head.EnsembleSize > 1 ? OnnxAverages.Average(shape.Labels, outputs) : outputs;
    }

    private static OnnxValue Average(IReadOnlyList<LabelShape> labels, OnnxValue[] networks)
    {
        OnnxValue[] members = [.. networks.Select(outputs => outputs.Reshape(outputs.Graph.Vector(1L).Concat(0, outputs.Apply("Shape"))))];
        return OnnxAverages.Average(labels, members[0].Concat(0, members.AsSpan(1)));
    }

    private static string Prefix(TrainedModel model, int index) => model.Networks.Count == 1 ? "" : $"networks.{index}.";
}
