using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The columns that the scores of each task are given out in: the same as ML.NET's own trainers of that task make.</summary>
internal static class ScoreColumns
{
    private const string BinaryTask = "BinaryClassification";

    /// <summary>Of binary classification: the network's one output is the logit of the positive class.</summary>
    internal static IReadOnlyList<ScoreColumn> Binary { get; } =
    [
        new("PredictedLabel", BooleanDataViewType.Instance, BinaryTask, scores =>
            (ValueGetter<bool>)((ref bool value) => value = scores.Current[0] > 0)),
        new("Score", NumberDataViewType.Single, BinaryTask, scores =>
            (ValueGetter<float>)((ref float value) => value = scores.Current[0])),
        new("Probability", NumberDataViewType.Single, BinaryTask, scores =>
            (ValueGetter<float>)((ref float value) => value = 1 / (1 + MathF.Exp(-scores.Current[0])))) { IsNormalized = true },
    ];

    /// <summary>The columns for what a network predicts.</summary>
    internal static IReadOnlyList<ScoreColumn> Of(NetworkTask task) => task switch
    {
        NetworkTask.BinaryClassification => Binary,
        _ => throw new UnreachableException($"There are no score columns for {task}."),
    };
}
