using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>The number of a row that is explained, as a function of what the members of all networks and the wide part say, with its gradients.</summary>
/// <remarks>
/// The score of a number; the logit of the positive class, or of a class being in a set; of one class among many, the logarithm of its odds. Members'
/// probabilities are averaged and mixed with those of the wide part as in scoring: see <see cref="MemberAverage"/> and <see cref="MixtureWeights"/>.
/// </remarks>
internal abstract class ExplainedScore
{
    private readonly MixtureWeights _mixture;

    private protected ExplainedScore(int start, int count, MixtureWeights mixture) => (Start, Count, _mixture) = (start, count, mixture);

    /// <summary>The first output of the label.</summary>
    internal int Start { get; }

    /// <summary>Number of its outputs.</summary>
    internal int Count { get; }

    /// <param name="labels">The labels of a model.</param>
    /// <param name="label">Number of the label.</param>
    /// <param name="classIndex">The class; of no matter where there is one output.</param>
    /// <param name="mixture">What the label takes of networks and wide part; null without a wide part.</param>
    internal static ExplainedScore Of(IReadOnlyList<LabelShape> labels, int label, int classIndex, MixtureWeights? mixture)
    {
        int start = labels.Take(label).Sum(one => one.Outputs);
        mixture ??= new MixtureWeights(1, 0);
        return labels[label] switch
        {
            BinaryLabelShape binary => new LogitScore(start, mixture, binary.Cut),
            SetLabelShape => new LogitScore(start + classIndex, mixture, cut: 0),
            MulticlassLabelShape multiclass => new OddsScore(start, multiclass.ClassCount, classIndex, mixture),
            RegressionLabelShape regression => new NumberScore(start, mixture, regression),
            var other => throw new UnreachableException($"{other}"),
        };
    }

    /// <summary>The number, and its gradients.</summary>
    /// <param name="members">What each member says: members × stride.</param>
    /// <param name="stride">Outputs of a member, those of all labels.</param>
    /// <param name="wide">What the wide part says: the outputs of all labels; empty without one.</param>
    /// <param name="memberGradients">Receives the gradients by <paramref name="members"/>.</param>
    /// <param name="wideGradients">Receives those by <paramref name="wide"/>.</param>
    internal double Of(ReadOnlySpan<float> members, int stride, ReadOnlySpan<double> wide, Span<float> memberGradients, Span<double> wideGradients)
    {
        memberGradients.Clear();
        wideGradients.Clear();
        return Compute(members[Start..], stride, wide.IsEmpty ? wide : wide.Slice(Start, Count), memberGradients[Start..],
            wide.IsEmpty ? [] : wideGradients.Slice(Start, Count));
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{float}, int, ReadOnlySpan{double}, Span{float}, Span{double})"/>
    private protected abstract double Compute(
        ReadOnlySpan<float> members, int stride, ReadOnlySpan<double> wide, Span<float> memberGradients, Span<double> wideGradients);

    private protected float NetworksShare => _mixture.Networks;

    private protected float WideShare => _mixture.Wide;

    private protected static int MembersOf(ReadOnlySpan<float> members, int stride) => (members.Length + stride - 1) / stride;
}

/// <summary>A logit, less that of the threshold.</summary>
internal sealed class LogitScore(int output, MixtureWeights mixture, double cut) : ExplainedScore(output, 1, mixture)
{
    private protected override double Compute(
        ReadOnlySpan<float> members, int stride, ReadOnlySpan<double> wide, Span<float> memberGradients, Span<double> wideGradients)
    {
        double positive = 0, negative = 0;
        for (int i = 0; i < members.Length; i += stride)
        {
            positive += Sigmoid(members[i]);
            negative += Sigmoid(-members[i]);
        }
        // The logit of a mean p of probabilities p₁ to pₙ by their logits: pᵢ (1 − pᵢ) (1 / n p + 1 / n (1 − p)).
        for (int i = 0; i < members.Length; i += stride)
        {
            double one = Sigmoid(members[i]), other = Sigmoid(-members[i]);
            memberGradients[i] = (float)(NetworksShare * (one * (other / positive) + one * (other / negative)));
        }
        double score = NetworksShare * (Math.Log(positive) - Math.Log(negative)) - cut;
        if (wide.IsEmpty) return score;
        wideGradients[0] = WideShare;
        return score + WideShare * wide[0];
    }

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-Math.Clamp(logit, -MemberAverage.MostLogit, MemberAverage.MostLogit)));
}

/// <summary>A number in the label's unit.</summary>
internal sealed class NumberScore(int output, MixtureWeights mixture, RegressionLabelShape label) : ExplainedScore(output, 1, mixture)
{
    private protected override double Compute(
        ReadOnlySpan<float> members, int stride, ReadOnlySpan<double> wide, Span<float> memberGradients, Span<double> wideGradients)
    {
        int count = MembersOf(members, stride);
        double sum = 0;
        for (int i = 0; i < members.Length; i += stride)
        {
            sum += members[i];
            memberGradients[i] = NetworksShare * label.Deviation / count;
        }
        double output = NetworksShare * sum / count;
        if (!wide.IsEmpty)
        {
            output += WideShare * wide[0];
            wideGradients[0] = WideShare * (double)label.Deviation;
        }
        return output * label.Deviation + label.Mean;
    }
}

/// <summary>The logarithm of the odds of a class among many: what its logit is above the logarithm of the sum of the others' exponentials.</summary>
internal sealed class OddsScore(int start, int count, int classIndex, MixtureWeights mixture) : ExplainedScore(start, count, mixture)
{
    private readonly double[] _means = new double[count], _outputs = new double[count], _gradients = new double[count];
    private double[] _probabilities = [];

    private protected override double Compute(
        ReadOnlySpan<float> members, int stride, ReadOnlySpan<double> wide, Span<float> memberGradients, Span<double> wideGradients)
    {
        if (Count == 1) return 0;
        int membersCount = MembersOf(members, stride);
        if (_probabilities.Length < membersCount * Count) _probabilities = new double[membersCount * Count];
        Array.Clear(_means);
        for (int member = 0; member < membersCount; member++)
        {
            var logits = members.Slice(member * stride, Count);
            var probabilities = _probabilities.AsSpan(member * Count, Count);
            double logSum = LogSumExp.Of(logits);
            for (int i = 0; i < Count; i++)
            {
                probabilities[i] = Math.Exp(Math.Max(logits[i] - logSum, -MemberAverage.MostLogit));
                _means[i] += probabilities[i] / membersCount;
            }
        }
        for (int i = 0; i < Count; i++) _outputs[i] = NetworksShare * Math.Log(_means[i]) + (wide.IsEmpty ? 0 : WideShare * wide[i]);

        double others = double.NegativeInfinity, sum = 0;
        for (int i = 0; i < Count; i++) others = i == classIndex ? others : Math.Max(others, _outputs[i]);
        for (int i = 0; i < Count; i++) sum += i == classIndex ? 0 : Math.Exp(_outputs[i] - others);
        for (int i = 0; i < Count; i++) _gradients[i] = i == classIndex ? 1 : -Math.Exp(_outputs[i] - others) / sum;

        for (int member = 0; member < membersCount; member++)
        {
            var probabilities = _probabilities.AsSpan(member * Count, Count);
            // The logarithm of a mean p of probabilities pₘ by a member's logit j: pₘ (δ − pₘⱼ) / n p.
            double common = 0;
            for (int i = 0; i < Count; i++) common += _gradients[i] * probabilities[i] / _means[i];
            for (int i = 0; i < Count; i++)
                memberGradients[member * stride + i] = (float)(NetworksShare / membersCount * probabilities[i] * (_gradients[i] / _means[i] - common));
        }
        for (int i = 0; i < wideGradients.Length; i++) wideGradients[i] = WideShare * _gradients[i];
        return _outputs[classIndex] - others - Math.Log(sum);
    }
}
