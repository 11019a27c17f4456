namespace MLNet.Embeddings;

/// <summary>What networks, and a wide part, say together, in a graph: <see cref="MemberAverage"/> and <see cref="Mixture"/>, in double precision.</summary>
internal static class OnnxAverages
{
    /// <summary>The average of members.</summary>
    /// <param name="labels">What their outputs mean.</param>
    /// <param name="members">Members × rows × outputs.</param>
    /// <returns>Rows × outputs.</returns>
    internal static OnnxValue Average(IReadOnlyList<LabelShape> labels, OnnxValue members)
    {
        var graph = members.Graph;
        var most = graph.Scalar(MemberAverage.MostLogit);
        return OfLabels(labels, label => (label, Part(labels, label, members.Cast(OnnxType.Double), axis: 2)) switch
        {
            (RegressionLabelShape, var outputs) => outputs.Reduce("Mean", 0),
            (MulticlassLabelShape, var outputs) =>
                Normalized(outputs).Apply("Max", graph.Scalar(-MemberAverage.MostLogit)).Apply("Exp").Reduce("Mean", 0).Apply("Log"),
            (_, var outputs) => LogOdds(outputs.Clip(graph.Scalar(-MemberAverage.MostLogit), most)),
        });
    }

    /// <summary>A mixture of what networks and a wide part say, rows × outputs each.</summary>
    internal static OnnxValue Mixture(IReadOnlyList<LabelShape> labels, IReadOnlyList<MixtureWeights> weights, OnnxValue networks, OnnxValue wide)
    {
        int place = 0;
        return OfLabels(labels, label =>
        {
            OnnxValue ours = Part(labels, label, networks.Cast(OnnxType.Double), axis: 1), theirs = Part(labels, label, wide.Cast(OnnxType.Double), axis: 1);
            if (label is MulticlassLabelShape) (ours, theirs) = (Normalized(ours), Normalized(theirs));
            var share = weights[place++];
            return ours * ours.Graph.Scalar((double)share.Networks) + theirs * ours.Graph.Scalar((double)share.Wide);
        });
    }

    /// <summary>The outputs of one label.</summary>
    internal static OnnxValue Part(IReadOnlyList<LabelShape> labels, LabelShape label, OnnxValue outputs, int axis)
    {
        if (labels.Count == 1) return outputs;
        long start = labels.TakeWhile(one => one != label).Sum(one => (long)one.Outputs);
        return outputs.Slice(start, start + label.Outputs, axis);
    }

    /// <summary>Logarithms of probabilities: outputs less the logarithm of the sum of their exponentials.</summary>
    internal static OnnxValue Normalized(OnnxValue outputs)
    {
        var shifted = outputs - outputs.Reduce("Max", -1, keep: true);
        return shifted - shifted.Apply("Exp").Reduce("Sum", -1, keep: true).Apply("Log");
    }

    private static OnnxValue LogOdds(OnnxValue logits)
    {
        var one = logits.Graph.Scalar(1.0);
        var odds = logits.Apply("Exp");
        var positive = (odds / (odds + one)).Reduce("Sum", 0);
        var negative = (one / (odds + one)).Reduce("Sum", 0);
        return positive.Apply("Log") - negative.Apply("Log");
    }

    private static OnnxValue OfLabels(IReadOnlyList<LabelShape> labels, Func<LabelShape, OnnxValue> outputs)
    {
        OnnxValue[] all = [.. labels.Select(outputs)];
        return (all.Length == 1 ? all[0] : all[0].Concat(1, all.AsSpan(1))).Cast(OnnxType.Single);
    }
}
