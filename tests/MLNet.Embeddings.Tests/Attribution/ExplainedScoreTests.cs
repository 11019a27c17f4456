namespace MLNet.Embeddings.Tests;

/// <summary>The number that is explained, against what scoring gives out, and its gradients, against differences.</summary>
[TestClass]
public sealed class ExplainedScoreTests
{
    private static readonly LabelShape[] Labels =
    [
        new BinaryLabelShape("Binary") { Threshold = 0.3 }, new MulticlassLabelShape("Classes", 3, null), new SetLabelShape("Set", 2, null),
        new RegressionLabelShape("Number", Mean: 5, Deviation: 2),
    ];

    private static readonly MixtureWeights[] Weights = [new(0.7f, 0.4f), new(0.6f, 0.5f), new(1, 0.2f), new(0.5f, 0.6f)];

    [TestMethod]
    [DataRow(0, 0, 1)]
    [DataRow(0, 0, 4)]
    [DataRow(1, 0, 1)]
    [DataRow(1, 2, 3)]
    [DataRow(2, 0, 2)]
    [DataRow(2, 1, 3)]
    [DataRow(3, 0, 3)]
    public void Of_MembersAndWidePart_IsTheScoreWithItsGradients(int label, int classIndex, int members)
    {
        const int Stride = 7;
        var random = new Random(1);
        float[] said = [.. Enumerable.Range(0, members * Stride).Select(_ => random.NextSingle() * 4 - 2)];
        double[] wide = [.. Enumerable.Range(0, Stride).Select(_ => random.NextDouble() * 4 - 2)];
        var score = ExplainedScore.Of(Labels, label, classIndex, Weights[label]);
        float[] gradients = new float[said.Length];
        double[] wideGradients = new double[Stride];

        double value = score.Of(said, Stride, wide, gradients, wideGradients);

        Assert.AreEqual(Expected(said, wide, label, classIndex), value, 1e-4);
        const double Step = 1e-2;
        for (int i = 0; i < said.Length; i++) Assert.AreEqual(Slope(move => said[i] += (float)move), gradients[i], 2e-3);
        for (int i = 0; i < Stride; i++) Assert.AreEqual(Slope(move => wide[i] += move), wideGradients[i], 2e-3);

        double Slope(Action<double> move)
        {
            move(Step);
            double above = Value();
            move(-2 * Step);
            double below = Value();
            move(Step);
            return (above - below) / (2 * Step);
        }

        double Value() => score.Of(said, Stride, wide, new float[said.Length], new double[Stride]);
    }

    [TestMethod]
    public void Of_OneMemberWithoutWidePart_IsItsOutput()
    {
        float[] gradients = new float[7];

        double value = ExplainedScore.Of(Labels, 2, 1, mixture: null).Of([0, 0, 0, 0, 0, 1.25f, 0], 7, [], gradients, []);

        Assert.AreEqual(1.25, value, 1e-6);
        CollectionAssert.AreEqual(new float[] { 0, 0, 0, 0, 0, 1, 0 }, gradients);
    }

    /// <summary>By the steps of scoring.</summary>
    private static double Expected(float[] said, double[] wide, int label, int classIndex)
    {
        float[] scores = new float[7], ofWide = Array.ConvertAll(wide, value => (float)value);
        MemberAverage.Of(Labels, said, scores);
        Mixture.Mix(Labels, Weights, scores, ofWide);
        int start = Labels.Take(label).Sum(one => one.Outputs);
        switch (Labels[label])
        {
            case BinaryLabelShape binary: return scores[start] - binary.Cut;
            case SetLabelShape: return scores[start + classIndex];
            case RegressionLabelShape regression: return regression.InUnit(scores[start]);
            default:
                float[] probabilities = new float[3];
                ClassProbabilities.Of(scores.AsSpan(start, 3), probabilities);
                return Math.Log(probabilities[classIndex] / (1.0 - probabilities[classIndex]));
        }
    }
}
