using System.Diagnostics;
using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>The score columns of a model in a graph, of its outputs.</summary>
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
        MulticlassLabelShape multiclass => Multiclass(multiclass, outputs),
        SetLabelShape set => Set(set, outputs),
        RegressionLabelShape regression => Regression(regression, outputs),
        _ => throw new UnreachableException($"{label}"),
    };

    private static IEnumerable<OnnxScore> Binary(BinaryLabelShape label, OnnxValue logits)
    {
        var graph = logits.Graph;
        var margins = logits.Cast(OnnxType.Double) - graph.Scalar(label.Cut);
        var isPositive = margins > graph.Scalar(0.0);
        yield return label.Classes is { } classes
            ? Values(classes, isPositive.Cast(OnnxType.Int64))
            : new OnnxScore(PredictedLabel, OnnxType.Boolean, isPositive, 1);
        yield return new OnnxScore(Score, OnnxType.Single, margins.Cast(OnnxType.Single), 1);
        yield return new OnnxScore(Probability, OnnxType.Single, logits.Apply("Sigmoid"), 1);
    }

    private static IEnumerable<OnnxScore> Multiclass(MulticlassLabelShape label, OnnxValue outputs)
    {
        var best = outputs.Graph.Apply("ArgMax", [outputs], ("axis", 1L), ("keepdims", 1L));
        yield return Values(label, best);
        yield return new OnnxScore(Score, OnnxType.Single, OnnxAverages.Normalized(outputs).Apply("Exp"), label.ClassCount);
    }

    private static IEnumerable<OnnxScore> Set(SetLabelShape label, OnnxValue logits)
    {
        var graph = logits.Graph;
        var isMember = !(logits < graph.Scalar(0f));
        var all = Values(label, graph.Vector([.. Enumerable.Range(0, label.ClassCount).Select(i => (long)i)]));
        OnnxValue none = all.Type switch
        {
            OnnxType.Text => graph.Scalar(""),
            OnnxType.Single => graph.Scalar(float.NaN),
            OnnxType.Double => graph.Scalar(double.NaN),
            _ => graph.Scalar(0L),
        };
        yield return all with { Value = all.Value.If(isMember, none), Width = label.ClassCount };
        yield return new OnnxScore(Score, OnnxType.Single, logits.Apply("Sigmoid"), label.ClassCount);
    }

    private static IEnumerable<OnnxScore> Regression(RegressionLabelShape label, OnnxValue outputs)
    {
        var graph = outputs.Graph;
        var inUnit = outputs.Cast(OnnxType.Double) * graph.Scalar((double)label.Deviation) + graph.Scalar(label.Mean);
        yield return new OnnxScore(Score, OnnxType.Single, inUnit.Cast(OnnxType.Single), 1);
    }

    /// <summary>The values of classes; keys, from 1, where they have none.</summary>
    private static OnnxScore Values(ClassesLabelShape label, OnnxValue classes) =>
        label.Classes is { } values ? Values(values, classes) : new OnnxScore(PredictedLabel, OnnxType.Int64, classes + 1, 1);

    private static OnnxScore Values(ClassValues values, OnnxValue classes)
    {
        var culture = CultureInfo.InvariantCulture;
        var graph = classes.Graph;
        var (type, all) = values.Kind switch
        {
            ClassKind.Boolean => (OnnxType.Boolean, graph.Vector([.. values.Texts.Select(bool.Parse)])),
            ClassKind.Single => (OnnxType.Single, graph.Vector([.. values.Texts.Select(text => float.Parse(text, culture))])),
            ClassKind.Double => (OnnxType.Double, graph.Vector([.. values.Texts.Select(text => double.Parse(text, culture))])),
            ClassKind.UInt64 => (OnnxType.UInt64, graph.Vector([.. values.Texts.Select(text => ulong.Parse(text, culture))])),
            >= ClassKind.SByte and <= ClassKind.Int64 => (OnnxType.Int64, graph.Vector([.. values.Texts.Select(text => long.Parse(text, culture))])),
            _ => (OnnxType.Text, graph.Vector([.. values.Texts])),
        };
        return new OnnxScore(PredictedLabel, type, all.At(classes), 1);
    }
}

/// <summary>A score column in a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Value">Rows × width.</param>
/// <param name="Width">How many elements a row has.</param>
internal sealed record OnnxScore(string Name, OnnxType Type, OnnxValue Value, int Width);
