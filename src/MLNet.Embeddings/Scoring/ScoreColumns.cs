using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The columns that the scores of each task are given out in: the same as ML.NET's own trainers of that task make.</summary>
internal static class ScoreColumns
{
    private const string PredictedLabel = LabelScores.PredictedLabel, Score = LabelScores.Score;
    private const string BinaryKind = "BinaryClassification", MulticlassKind = "MulticlassClassification", RegressionKind = "Regression";
    private const string SetKind = "MultiLabelClassification";

    /// <summary>The columns for what a network predicts.</summary>
    /// <param name="labels">The labels, in the order of the network's outputs.</param>
    /// <param name="namesLabels">True if the names of the columns begin with that of their label and a point.</param>
    internal static IReadOnlyList<ScoreColumn> Of(IReadOnlyList<LabelShape> labels, bool namesLabels)
    {
        List<ScoreColumn> columns = [];
        int start = 0;
        foreach (var (i, label) in labels.Index())
        {
            columns.AddRange(Of(label, start).Select(column => column with { Prefix = LabelScores.Prefix(label, namesLabels), Label = i }));
            start += label.Outputs;
        }
        return columns;
    }

    private static ScoreColumn[] Of(LabelShape label, int start) => label switch
    {
        BinaryLabelShape binary => Binary(binary, start),
        MulticlassLabelShape multiclass => Multiclass(multiclass, start),
        SetLabelShape set => Set(set, start),
        RegressionLabelShape regression => Regression(regression, start),
        _ => throw new UnreachableException($"There are no score columns for {label}."),
    };

    /// <summary>Of binary classification: the output is the logit of the positive class.</summary>
    private static ScoreColumn[] Binary(BinaryLabelShape label, int output) =>
    [
        new(PredictedLabel, BooleanDataViewType.Instance, BinaryKind, scores => Decision(scores, label.Cut, output)) { TwoValues = label.Classes },
        new(Score, NumberDataViewType.Single, BinaryKind, scores => Margin(scores, label.Cut, output)),
        new(LabelScores.Probability, NumberDataViewType.Single, BinaryKind, scores =>
            (ValueGetter<float>)((ref float value) => value = LabelScores.ProbabilityOf(scores.Current[output]))) { IsNormalized = true },
    ];

    private static ValueGetter<float> Margin(IScores scores, double cut, int output) => (ref float value) =>
        value = LabelScores.Margin(scores.Current[output], cut);

    private static ValueGetter<bool> Decision(IScores scores, double cut, int output) => (ref bool value) =>
        value = LabelScores.IsPositive(scores.Current[output], cut);

    /// <summary>Of multiclass classification: the softmax of the outputs are the probabilities.</summary>
    private static ScoreColumn[] Multiclass(MulticlassLabelShape label, int start)
    {
        int count = label.ClassCount;
        return
        [
            new(PredictedLabel, new KeyDataViewType(typeof(uint), count), MulticlassKind, scores =>
                (ValueGetter<uint>)((ref uint value) => value = 1 + (uint)LabelScores.Best(scores.Current.Slice(start, count))))
            {
                Classes = label,
            },
            new(Score, new VectorDataViewType(NumberDataViewType.Single, count), MulticlassKind, scores =>
                (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => Probabilities(scores.Current.Slice(start, count), ref value)))
            {
                Classes = label,
                HasSlots = true,
            },
        ];
    }

    /// <summary>Of a set: each output is the logit of one of its labels.</summary>
    private static ScoreColumn[] Set(SetLabelShape label, int start)
    {
        int count = label.ClassCount;
        return
        [
            new(PredictedLabel, new VectorDataViewType(new KeyDataViewType(typeof(uint), count)), SetKind, scores =>
                (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> value) => Members(scores.Current.Slice(start, count), ref value)))
            {
                Classes = label,
            },
            new(Score, new VectorDataViewType(NumberDataViewType.Single, count), SetKind, scores =>
                (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => MemberProbabilities(scores.Current.Slice(start, count), ref value)))
            {
                Classes = label,
                HasSlots = true,
                IsNormalized = true,
            },
        ];
    }

    /// <summary>Of regression: the output is in deviations from the mean.</summary>
    private static ScoreColumn[] Regression(RegressionLabelShape label, int output) =>
    [
        new(Score, NumberDataViewType.Single, RegressionKind, scores =>
            (ValueGetter<float>)((ref float value) => value = label.InUnit(scores.Current[output]))),
    ];

    /// <summary>The keys of the labels whose probability is one half or more.</summary>
    private static void Members(ReadOnlySpan<float> outputs, ref VBuffer<uint> keys)
    {
        var editor = VBufferEditor.Create(ref keys, LabelScores.MemberCount(outputs));
        int count = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            if (LabelScores.IsMember(outputs[i])) editor.Values[count++] = (uint)i + 1;
        }
        keys = editor.Commit();
    }

    private static void MemberProbabilities(ReadOnlySpan<float> outputs, ref VBuffer<float> probabilities)
    {
        var editor = VBufferEditor.Create(ref probabilities, outputs.Length);
        LabelScores.MemberProbabilities(outputs, editor.Values);
        probabilities = editor.Commit();
    }

    private static void Probabilities(ReadOnlySpan<float> outputs, ref VBuffer<float> probabilities)
    {
        var editor = VBufferEditor.Create(ref probabilities, outputs.Length);
        LabelScores.Probabilities(outputs, editor.Values);
        probabilities = editor.Commit();
    }
}
