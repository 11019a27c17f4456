namespace MLNet.Embeddings.Tests;

/// <summary>Losses and gradients beside plain code in double precision.</summary>
[TestClass]
public sealed class SoftmaxLossTests
{
    private const int Inputs = 5;

    [TestMethod]
    [DataRow(3, 200, 1, 0.0, 1f)]
    [DataRow(3, 200, 3, 0.1, 30f)]
    [DataRow(5_000, 60, 1, 0.1, 1f)]
    [DataRow(5_000, 100, 2, 0.0, 10f)]
    [DataRow(700, 1_100, 3, 0.1, 1f)]
    public void Learn_AnyClasses_AreThoseOfDoublePrecision(int classes, int rows, int threads, double smoothing, float scale)
    {
        float[] vectors = Numbers.Random(rows * Inputs, seed: 1), weights = [.. Numbers.Random(classes * Inputs, seed: 2).Select(value => scale * value)];
        float[] bias = Numbers.Random(classes, seed: 3);
        int[] wanted = [.. Enumerable.Range(0, rows).Select(row => row * 7 % classes)];
        float[] byVectors = [.. Enumerable.Repeat(1f, vectors.Length)], byWeights = new float[weights.Length], byBias = new float[classes];
        var kernel = new SoftmaxLoss(Inputs, classes, threads);

        double loss = kernel.Learn(vectors, weights, bias, wanted, smoothing, byVectors, byWeights, byBias);
        double[] losses = new double[rows];
        int[] best = new int[rows];
        kernel.Judge(vectors, weights, bias, wanted, firstClass: 1, losses, best);

        double expected = 0;
        double[] expectedVectors = new double[vectors.Length], expectedWeights = new double[weights.Length], expectedBias = new double[classes];
        double[] scores = Numbers.Product(vectors, rows, weights, classes, Inputs);
        for (int row = 0; row < rows; row++)
        {
            double[] z = [.. scores.AsSpan(row * classes, classes)];
            for (int i = 0; i < classes; i++) z[i] += bias[i];
            double largest = z.Max(), logSum = largest + Math.Log(z.Sum(value => Math.Exp(value - largest)));
            double[] targets = [.. z.Select((_, i) => smoothing / classes + (i == wanted[row] ? 1 - smoothing : 0))];
            expected += (logSum - z.Zip(targets, (value, target) => value * target).Sum()) / rows;
            Assert.AreEqual(logSum - z[wanted[row]], losses[row], 1e-5 * Math.Max(1, losses[row]), $"loss of row {row}");
            Assert.AreEqual(z.AsSpan(1).ToArray().Max(), z[best[row]], 1e-4, $"best of row {row}");
            for (int i = 0; i < classes; i++)
            {
                double gradient = (Math.Exp(z[i] - logSum) - targets[i]) / rows;
                expectedBias[i] += gradient;
                for (int j = 0; j < Inputs; j++)
                {
                    expectedWeights[i * Inputs + j] += gradient * vectors[row * Inputs + j];
                    expectedVectors[row * Inputs + j] += gradient * weights[i * Inputs + j];
                }
            }
        }
        Assert.AreEqual(expected, loss, 1e-5 * expected);
        Numbers.AreClose(expectedWeights, byWeights, "gradients of the weights", 2e-5);
        Numbers.AreClose(expectedBias, byBias, "gradients of the bias", 2e-5);
        Numbers.AreClose([.. expectedVectors.Select(value => value + 1)], byVectors, "gradients of the vectors", 2e-5);
    }

    [TestMethod]
    public void Learn_ExtremeScores_GivesNumbers()
    {
        float[] byVectors = new float[Inputs], byWeights = new float[3 * Inputs], byBias = new float[3];
        var kernel = new SoftmaxLoss(Inputs, 3, threads: 1);

        double loss = kernel.Learn(new float[Inputs], new float[3 * Inputs], [1e6f, -1e6f, 0], [1], smoothing: 0, byVectors, byWeights, byBias);

        Assert.AreEqual(2e6, loss);
        CollectionAssert.AreEqual(new float[] { 1, -1, 0 }, byBias);
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(5_000)]
    public void Loss_MulticlassObjective_IsThatOfDoublePrecision(int classes)
    {
        var label = LabelColumn.Multiclass("L") with { LabelSmoothing = 0.1 };
        double[] classWeights = [.. Enumerable.Range(0, classes).Select(i => 0.5 + i % 3)];
        var objective = new MulticlassObjective(label, new MulticlassLabelShape("L", classes, null), classWeights);
        foreach (float scale in new[] { 1f, 20f })
        {
            float[] outputs = [.. Numbers.Random(classes, classes).Select(value => scale * value)], gradients = new float[classes];
            int truth = classes / 2;

            double loss = objective.Loss(outputs, truth, scale: 0.25, gradients);

            double logSum = Math.Log(outputs.Sum(value => Math.Exp(value)));
            double[] targets = [.. outputs.Select((_, i) => 0.1 / classes + (i == truth ? 0.9 : 0))];
            double expected = classWeights[truth] * (logSum - outputs.Zip(targets, (value, target) => value * target).Sum());
            Assert.AreEqual(expected, loss, 1e-6 * expected);
            Assert.AreEqual(loss, objective.Loss(outputs, truth, scale: 0.25, []));
            Numbers.AreClose([.. outputs.Zip(targets, (value, target) => 0.25 * classWeights[truth] * (Math.Exp(value - logSum) - target))], gradients,
                "gradients", 3e-6);
        }
    }
}
