using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>What a label's outputs say of a row.</summary>
internal static class LabelScores
{
    /// <summary>Names of the columns that scores are given out in.</summary>
    internal const string PredictedLabel = "PredictedLabel", Score = "Score", Probability = "Probability";

    /// <summary>What the names of a label's columns begin with.</summary>
    /// <param name="label">The label.</param>
    /// <param name="namesLabels">Whether names say which label they belong to.</param>
    internal static string Prefix(LabelShape label, bool namesLabels) => namesLabels ? $"{label.Name}." : "";

    /// <summary>Whether the positive one of two classes is predicted.</summary>
    /// <param name="logit">The output.</param>
    /// <param name="cut">The threshold as a logit.</param>
    internal static bool IsPositive(float logit, double cut) => logit > cut;

    /// <summary>The score of two classes: ML.NET's evaluators take what is above 0 for predicted positive, whatever PredictedLabel says.</summary>
    /// <param name="logit">The output.</param>
    /// <param name="cut">The threshold as a logit.</param>
    internal static float Margin(float logit, double cut) => (float)(logit - cut);

    /// <summary>The probability of the positive one of two classes, or of a member of a set.</summary>
    internal static float ProbabilityOf(float logit) => 1 / (1 + MathF.Exp(-logit));

    /// <summary>The place of the most probable class.</summary>
    internal static int Best(ReadOnlySpan<float> outputs) => TensorPrimitives.IndexOfMax(outputs);

    /// <summary>The probabilities of classes of which one is right: the softmax of the outputs.</summary>
    internal static void Probabilities(ReadOnlySpan<float> outputs, Span<float> probabilities) => ClassProbabilities.Of(outputs, probabilities);

    /// <summary>The probabilities of a set's members.</summary>
    internal static void MemberProbabilities(ReadOnlySpan<float> outputs, Span<float> probabilities)
    {
        for (int i = 0; i < outputs.Length; i++) probabilities[i] = ProbabilityOf(outputs[i]);
    }

    /// <summary>How many members of a set are predicted.</summary>
    internal static int MemberCount(ReadOnlySpan<float> outputs)
    {
        int count = 0;
        foreach (float output in outputs)
        {
            if (IsMember(output)) count++;
        }
        return count;
    }

    /// <summary>Whether a member of a set is predicted: its probability is one half or more.</summary>
    internal static bool IsMember(float output) => output >= 0;
}
