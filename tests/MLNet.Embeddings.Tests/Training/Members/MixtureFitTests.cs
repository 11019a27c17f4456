namespace MLNet.Embeddings.Tests;

/// <summary>How much of the networks and of the wide part a score takes, by what held-out rows say.</summary>
[TestClass]
public sealed class MixtureFitTests
{
    private const int Rows = 40;

    /// <summary>Which says nothing of the labels: each sign as often with either.</summary>
    private static readonly float[] Useless = [.. Enumerable.Range(0, Rows).Select(row => row / 2 % 2 == 0 ? 1f : -1f)];

    private static readonly float[] Labels = [.. Enumerable.Range(0, Rows).Select(row => (float)(row % 2))];

    [TestMethod]
    public void Find_NetworksSayNothing_LeavesThemOut()
    {
        float[] telling = [.. Labels.Select(label => 4 * label - 2)];

        Assert.AreEqual(0, Find(Networks.Objective, Useless, telling).Networks);
        Assert.AreEqual(1.5f, Find(Networks.Objective, Useless, telling).Wide, 1e-6, "What is always right is worth the most.");
        Assert.AreEqual(0, Find(Networks.Objective, telling, Useless).Wide);
    }

    [TestMethod]
    public void Find_Classes_LeavesOutWhatSaysNothing()
    {
        var objective = new NetworkObjective(
            [new MulticlassObjective(LabelColumn.Multiclass("Label"), new MulticlassLabelShape("Label", 2, null), [1, 1])], NamesLabels: false);
        float[] telling = [.. Labels.SelectMany(label => new[] { 5 - 2 * label, 5 + 2 * label })], useless = [.. Useless.SelectMany(sign => new[] { sign, 0f })];

        var weights = Find(objective, useless, telling);

        Assert.AreEqual(0, weights.Networks);
        Assert.IsGreaterThan(1, weights.Wide);
    }

    [TestMethod]
    public void Find_Numbers_IsTheSumThatIsNearest()
    {
        var objective = new NetworkObjective(
            [new RegressionObjective(LabelColumn.Regression("Label"), new RegressionLabelShape("Label", 0.5, 0.5f))], NamesLabels: false);
        float[] standardised = [.. Labels.Select(label => 2 * label - 1)];

        Assert.AreEqual(new MixtureWeights(1, 0), Find(objective, standardised, Useless));
        Assert.AreEqual(new MixtureWeights(0, 0.8f), Find(objective, Useless, [.. standardised.Select(number => 1.25f * number)]));
    }

    [TestMethod]
    public void Find_NoRows_TakesHalfOfEach()
    {
        var fit = new MixtureFit(Networks.Objective, new RowBatch([], [Labels], new float[Rows]), []);

        Assert.AreEqual(new MixtureWeights(0.5f, 0.5f), fit.Find(Useless, Useless).Single());
    }

    [TestMethod]
    public void Mix_Labels_MixesEachByItsOwnWeights()
    {
        LabelShape[] labels = [new BinaryLabelShape("A"), new MulticlassLabelShape("B", 2, null), new RegressionLabelShape("C", 0, 1)];
        float[] networks = [2, MathF.Log(3), 0, 10], wide = [-1, 7, 7, 30];

        Mixture.Mix(labels, [new(0.5f, 1), new(1, 0.5f), new(0.25f, 0.75f)], networks, wide);

        // Of B, logarithms of 3/4 and 1/4, and of 1/2 and 1/2.
        double half = Math.Log(0.5) / 2;
        double[] expected = [0, Math.Log(0.75) + half, Math.Log(0.25) + half, 25];
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], networks[i], 1e-5);
    }

    private static MixtureWeights Find(NetworkObjective objective, float[] networks, float[] wide) => new MixtureFit(
        objective, new RowBatch([], [Labels], [.. Labels.Select(_ => 1f)]), [.. Enumerable.Range(0, Rows)]).Find(networks, wide).Single();
}
