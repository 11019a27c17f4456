using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>The score columns of a model in a graph, in the types in which ML.NET has them, of its outputs.</summary>
internal static class OnnxScores
{
    internal const string PredictedLabel = "PredictedLabel", Score = "Score", Probability = "Probability";

    /// <summary>The columns of each label, in their order, with the label's name before theirs where labels are named.</summary>
    internal static IReadOnlyList<OnnxScore> Of(NetworkShape shape, OnnxValue outputs) =>
    [
        .. from label in shape.Labels
           let part = OnnxAverages.Part(shape.Labels, label, outputs, axis: 1)
           let prefix = shape.NamesLabels ? $"{label.Name}." : ""
           from score in Of(label, part)
           select score with { Name = prefix + score.Name },
    ];

    private static IEnumerable<OnnxScore> Of(LabelShape label, OnnxValue outputs) => label switch
    {
        BinaryLabelShape binary => Binary(binary, outputs),
        MulticlassLabelShape => Multiclass(outputs),
        SetLabelShape set => Set(set, outputs),
        RegressionLabelShape regression => Regression(regression, outputs),
        _ => throw new UnreachableException($"{label}"),
    };

    private static IEnumerable<OnnxScore> Binary(BinaryLabelShape label, OnnxValue logits)
    {
        var graph = logits.Graph;
        var margins = logits.Cast(OnnxType.Double) - graph.Scalar(label.Cut);
        yield return new OnnxScore(PredictedLabel, margins > graph.Scalar(0.0));
        yield return new OnnxScore(Score, margins.Cast(OnnxType.Single));
        yield return new OnnxScore(Probability, logits.Apply("Sigmoid"));
    }

    private static IEnumerable<OnnxScore> Multiclass(OnnxValue outputs)
    {
        var best = outputs.Graph.Apply("ArgMax", [outputs], ("axis", 1L), ("keepdims", 1L));
        yield return new OnnxScore(PredictedLabel, (best + 1).Cast(OnnxType.UInt32));
        yield return new OnnxScore(Score, OnnxAverages.Normalized(outputs).Apply("Exp"));
    }

    private static IEnumerable<OnnxScore> Set(SetLabelShape label, OnnxValue logits)
    {
        var graph = logits.Graph;
        long[] keys = [.. Enumerable.Range(1, label.ClassCount).Select(key => (long)key)];
        yield return new OnnxScore(PredictedLabel, graph.Scalar(0L).If(logits < graph.Scalar(0f), graph.Vector(keys)).Cast(OnnxType.UInt32));
        yield return new OnnxScore(Score, logits.Apply("Sigmoid"));
    }

    private static IEnumerable<OnnxScore> Regression(RegressionLabelShape label, OnnxValue outputs)
    {
        var graph = outputs.Graph;
        var inUnit = outputs.Cast(OnnxType.Double) * graph.Scalar((double)label.Deviation) + graph.Scalar(label.Mean);
        yield return new OnnxScore(Score, inUnit.Cast(OnnxType.Single));
    }
}

/// <summary>A score column in a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Rows × values of a row; of a set's members, a key for each label of it, 0 for one that is not a member.</param>
internal sealed record OnnxScore(string Name, OnnxValue Value);
