namespace MLNet.Embeddings.Tests;

/// <summary>Losses and gradients of single rows beside values worked out by hand.</summary>
[TestClass]
public sealed class ObjectiveTests
{
    [TestMethod]
    [DataRow(0f, 1f, 0.69314718, -0.5)]
    [DataRow(0f, 0f, 0.69314718, 0.5)]
    [DataRow(2f, 1f, 0.12692801, -0.11920292)]
    [DataRow(2f, 0f, 2.12692801, 0.88079708)]
    [DataRow(-1000f, 1f, 1000, -1)]
    [DataRow(1000f, 1f, 0, 0)]
    public void Loss_Binary_IsCrossEntropyAndItsGradient(float score, float label, double loss, double gradient) =>
        Check(new BinaryObjective(LabelColumn.Binary("L"), [1, 1]), [score], label, loss, [gradient]);

    [TestMethod]
    public void Loss_BinarySmoothedAndWeighted_IsThatOfTheSofterTarget()
    {
        var objective = new BinaryObjective(LabelColumn.Binary("L") with { LabelSmoothing = 0.2 }, [1, 3]);

        // Target 0.9: 3 (ln(1 + e^2) - 1.8); 3 (0.88079708 - 0.9).
        Check(objective, [2], 1, 3 * (2.12692801 - 1.8), [3 * -0.01920292]);
    }

    [TestMethod]
    public void Loss_Multiclass_IsCrossEntropyOfTheSoftmax()
    {
        var shape = new MulticlassLabelShape("L", 3, null);
        float[] outputs = [MathF.Log(1), MathF.Log(2), MathF.Log(5)]; // probabilities 1/8, 2/8, 5/8

        Check(new MulticlassObjective(LabelColumn.Multiclass("L"), shape, [1, 1, 1]), outputs, 1, Math.Log(4), [0.125, -0.75, 0.625]);
        Check(new MulticlassObjective(LabelColumn.Multiclass("L"), shape, [1, 2, 1]), outputs, 1, 2 * Math.Log(4), [0.25, -1.5, 1.25]);
        // Targets 0.1, 0.8, 0.1.
        Check(new MulticlassObjective(LabelColumn.Multiclass("L") with { LabelSmoothing = 0.3 }, shape, [1, 1, 1]), outputs, 1,
            0.1 * Math.Log(8) + 0.8 * Math.Log(4) + 0.1 * Math.Log(1.6), [0.025, -0.55, 0.525]);
        Check(new MulticlassObjective(LabelColumn.Multiclass("L"), shape, [1, 1, 1]), [1000, 0, -1000], 1, 1000, [1, -1, 0]);
    }

    [TestMethod]
    [DataRow(RegressionLoss.Squared, 14f, 4, 4)]
    [DataRow(RegressionLoss.Squared, 8f, 1, -2)]
    [DataRow(RegressionLoss.Absolute, 14f, 2, 1)]
    [DataRow(RegressionLoss.Absolute, 8f, 1, -1)]
    [DataRow(RegressionLoss.Absolute, 10f, 0, 0)]
    [DataRow(RegressionLoss.Huber, 10.5f, 0.03125, 0.25)]
    [DataRow(RegressionLoss.Huber, 14f, 0.875, 0.5)]
    [DataRow(RegressionLoss.Huber, 6f, 0.875, -0.5)]
    public void Loss_Regression_IsOfTheErrorInDeviations(RegressionLoss loss, float predicted, double expected, double slope)
    {
        var shape = new RegressionLabelShape("L", Mean: 4, Deviation: 2);
        var objective = new RegressionObjective(LabelColumn.Regression("L") with { Loss = loss, HuberDelta = 0.5 }, shape);

        Check(objective, [(predicted - 4) / 2], 10, expected, [slope]);
    }

    [TestMethod]
    public void Measure_MulticlassWithoutRows_IsNaN()
    {
        var counter = new MulticlassObjective(LabelColumn.Multiclass("L"), new MulticlassLabelShape("L", 3, null), [1, 1, 1]).Count();

        CollectionAssert.AreEqual(new[] { double.NaN, double.NaN }, counter.Measure());
    }

    [TestMethod]
    public void Measure_Regression_IsInTheLabelsUnit()
    {
        var objective = new RegressionObjective(LabelColumn.Regression("L"), new RegressionLabelShape("L", Mean: 4, Deviation: 2));

        double[] metrics = Measure(objective, [[0], [1]], [1, 7], [1, 3]); // predicted 4 and 6, errors 3 and -1

        Assert.AreEqual(Math.Sqrt((9 + 3) / 4.0), metrics[0], 1e-9);
        Assert.AreEqual((3 + 3) / 4.0, metrics[1], 1e-9);
    }

    [TestMethod]
    public void Measure_Multiclass_CountsEachClassAlikeInMacroAccuracy()
    {
        var objective = new MulticlassObjective(LabelColumn.Multiclass("L"), new MulticlassLabelShape("L", 3, null), [1, 1, 1]);

        double[] metrics = Measure(objective, [[3, 1, 2], [3, 1, 2], [3, 1, 2], [1, 2, 3]], [0, 0, 0, 1], [1, 1, 2, 1]);

        CollectionAssert.AreEqual(new[] { 0.8, 0.5 }, metrics);
    }

    [TestMethod]
    public void Of_ScoresWithTies_IsTheShareOfPairsInOrder()
    {
        float[] scores = [1, 2, 2, 3, 0], labels = [0, 0, 1, 1, 1];

        // Pairs in order: (2 over 1) 1, (2 over 2) half, (3 over both) 2, (0 over none) 0: 3.5 of 6.
        Assert.AreEqual(3.5 / 6, AreaUnderCurve.Of(scores, labels, [1, 1, 1, 1, 1]), 1e-12);
        Assert.AreEqual((1 + 0.5 + 2 * 2) / 8, AreaUnderCurve.Of(scores, labels, [1, 1, 1, 2, 1]), 1e-12);
        Assert.IsTrue(double.IsNaN(AreaUnderCurve.Of([1, 2], [1, 1], [1, 1])));
    }

    [TestMethod]
    public void Loss_SeveralLabels_IsTheirWeightedSumWithoutTheMissing()
    {
        var number = new RegressionObjective(LabelColumn.Regression("B") with { Weight = 2 }, new RegressionLabelShape("B", 0, 1));
        var objective = new NetworkObjective([new BinaryObjective(LabelColumn.Binary("A"), [1, 1]), number], NamesLabels: true);
        var batch = new RowBatch([], [[1, 0, 1], [float.NaN, 3, 1]], [2, 1, 5]);
        float[] gradients = [9, 9, 9, 9];

        // The first two rows of the batch: outputs (0, 7) and (0, 1).
        double loss = objective.Loss([0, 7, 0, 1], batch, 0, gradients);

        Assert.AreEqual(2 * Math.Log(2) + Math.Log(2) + 2 * 4, loss, 1e-9);
        CollectionAssert.AreEqual(new[] { 2 * -0.5f / 3, 0, 0.5f / 3, 2 * -4f / 3 }, gradients);
        Assert.AreEqual(5 * Math.Log(2) + 5 * 2 * 1, objective.Loss([0, 2], batch, 2, []), 1e-9);
    }

    [TestMethod]
    public void Loss_ScoreThatIsNoNumber_IsNone() =>
        Assert.IsTrue(double.IsNaN(Networks.Objective.Loss([0, float.NaN], new RowBatch([], [[1, 0]], [2, 1]), 0, new float[2])));

    private static double[] Measure(Objective objective, float[][] outputs, float[] labels, float[] weights)
    {
        var counter = objective.Count();
        for (int row = 0; row < labels.Length; row++) counter.Add(outputs[row], labels[row], weights[row]);
        return counter.Measure();
    }

    private static void Check(Objective objective, float[] outputs, float label, double loss, double[] gradients)
    {
        float[] actual = new float[outputs.Length];

        Assert.AreEqual(loss, objective.Loss(outputs, label, 2, actual), 1e-6);

        for (int i = 0; i < actual.Length; i++) Assert.AreEqual(2 * gradients[i], actual[i], 2e-6);
    }
}
