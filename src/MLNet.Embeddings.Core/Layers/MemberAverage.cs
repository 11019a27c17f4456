using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>What the members of an ensemble say together: the mean of their probabilities, or of their numbers.</summary>
internal static class MemberAverage
{
    /// <summary>Far enough out that a probability is 0 or 1, and yet its logarithm a number.</summary>
    internal const double MostLogit = 700;

    /// <summary>Classes whose probabilities are in memory together.</summary>
    private const int BlockLength = 256;

    /// <summary>Averages over the members.</summary>
    /// <param name="labels">What the outputs mean.</param>
    /// <param name="members">Members × outputs.</param>
    /// <param name="outputs">Receives the outputs of a single network that would say the same.</param>
    internal static void Of(IReadOnlyList<LabelShape> labels, ReadOnlySpan<float> members, Span<float> outputs)
    {
        int start = 0, stride = outputs.Length;
        for (int i = 0; i < labels.Count; i++)
        {
            int count = labels[i].Outputs;
            switch (labels[i])
            {
                case BinaryLabelShape:
                    outputs[start] = Logit(members[start..], stride);
                    break;
                case SetLabelShape:
                    for (int j = start; j < start + count; j++) outputs[j] = Logit(members[j..], stride);
                    break;
                case MulticlassLabelShape:
                    LogProbabilities(members[start..], stride, outputs.Slice(start, count));
                    break;
                default:
                    outputs[start] = Mean(members[start..], stride);
                    break;
            }
            start += count;
        }
    }

    private static float Mean(ReadOnlySpan<float> members, int stride)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < members.Length; i += stride, count++) sum += members[i];
        return (float)(sum / count);
    }

    private static float Logit(ReadOnlySpan<float> members, int stride)
    {
        double positive = 0, negative = 0;
        for (int i = 0; i < members.Length; i += stride)
        {
            double logit = Math.Clamp(members[i], -MostLogit, MostLogit);
            positive += 1 / (1 + Math.Exp(-logit));
            negative += 1 / (1 + Math.Exp(logit));
        }
        return (float)(Math.Log(positive) - Math.Log(negative));
    }

    private static void LogProbabilities(ReadOnlySpan<float> members, int stride, Span<float> outputs)
    {
        int classes = outputs.Length, count = (members.Length + stride - 1) / stride;
        Span<double> logSums = stackalloc double[count], logits = stackalloc double[BlockLength], sums = stackalloc double[BlockLength];
        for (int member = 0; member < count; member++) logSums[member] = LogSumExp.Of(members.Slice(member * stride, classes));
        for (int first = 0; first < classes; first += BlockLength)
        {
            int length = Math.Min(BlockLength, classes - first);
            logits = logits[..length];
            sums = sums[..length];
            sums.Clear();
            for (int member = 0; member < count; member++)
            {
                TensorPrimitives.ConvertTruncating<float, double>(members.Slice(member * stride + first, length), logits);
                TensorPrimitives.Subtract(logits, logSums[member], logits);
                TensorPrimitives.Max(logits, -MostLogit, logits);
                TensorPrimitives.Exp(logits, logits);
                TensorPrimitives.Add(sums, logits, sums);
            }
            TensorPrimitives.Divide(sums, count, sums);
            TensorPrimitives.Log(sums, sums);
            TensorPrimitives.ConvertTruncating<double, float>(sums, outputs.Slice(first, length));
        }
    }
}

/// <summary>The probabilities that a network's outputs for the classes of a label stand for: their softmax.</summary>
internal static class ClassProbabilities
{
    /// <param name="outputs">An output for each class.</param>
    /// <param name="probabilities">Receives a probability for each.</param>
    internal static void Of(ReadOnlySpan<float> outputs, Span<float> probabilities)
    {
        TensorPrimitives.Subtract(outputs, (float)LogSumExp.Of(outputs), probabilities);
        TensorPrimitives.Exp(probabilities, probabilities);
    }
}
