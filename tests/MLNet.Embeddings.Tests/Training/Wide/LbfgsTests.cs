namespace MLNet.Embeddings.Tests;

/// <summary>The search for the least of smooth functions whose least is known.</summary>
[TestClass]
public sealed class LbfgsTests
{
    [TestMethod]
    public void Minimize_Quadratic_FindsItsCenter()
    {
        double[] curvatures = [1, 10, 100, 1_000];
        float[] center = [3, -2, 0.5f, 7], found = new float[4];
        int calls = 0;

        double cost = new Lbfgs(4).Minimize(found, Quadratic, tolerance: 1e-12, mostSteps: 100, CancellationToken.None);

        Assert.AreEqual(0, cost, 1e-6);
        for (int i = 0; i < 4; i++) Assert.AreEqual(center[i], found[i], 1e-3);
        Assert.IsLessThan(100, calls);

        double Quadratic(ReadOnlySpan<float> parameters, Span<float> gradients)
        {
            calls++;
            double sum = 0;
            for (int i = 0; i < 4; i++)
            {
                double distance = parameters[i] - center[i];
                gradients[i] = (float)(curvatures[i] * distance);
                sum += curvatures[i] * distance * distance / 2;
            }
            return sum;
        }
    }

    [TestMethod]
    public void Minimize_LogisticRegression_FindsTheLogOdds()
    {
        // Category 1 is true in three of four rows, category 2 in one of four.
        var table = Tables.Of(new CategoryData([1, 1, 1, 1, 2, 2, 2, 2], 2, false), 8) with { Labels = [[1, 1, 1, 0, 1, 0, 0, 0]] };
        var rows = WideRows.Of(table, [null], [WideFeatures.Of(new WideCategory("C", 2), 0, 0, _ => [])], CancellationToken.None);
        var problem = new WideProblem(rows, 3, Networks.Objective, new RowBatch([], table.Labels, table.Weights), [0, 1, 2, 3, 4, 5, 6, 7]) { Penalty = 1e-9 };
        float[] found = new float[problem.Size], score = new float[1], gradients = new float[problem.Size];

        double cost = new Lbfgs(problem.Size).Minimize(found, problem.Evaluate, tolerance: 1e-10, mostSteps: 100, CancellationToken.None);

        problem.Score(found, 0, score);
        Assert.AreEqual(Math.Log(3), score[0], 1e-3);
        problem.Score(found, 7, score);
        Assert.AreEqual(-Math.Log(3), score[0], 1e-3);
        Assert.AreEqual(-(0.75 * Math.Log(0.75) + 0.25 * Math.Log(0.25)), cost, 1e-6);
        problem.Evaluate(found, gradients);
        Assert.IsTrue(gradients.All(gradient => Math.Abs(gradient) < 1e-3));
    }

    [TestMethod]
    public void Minimize_AtTheLeast_StaysThere()
    {
        float[] found = [2];

        new Lbfgs(1).Minimize(found, (parameters, gradients) =>
        {
            gradients[0] = parameters[0] - 2;
            return (parameters[0] - 2) * (parameters[0] - 2) / 2;
        }, tolerance: 1e-3, mostSteps: 10, CancellationToken.None);

        Assert.AreEqual(2f, found[0]);
    }

    [TestMethod]
    public void Minimize_Cancelled_Throws() => Assert.ThrowsExactly<OperationCanceledException>(() => new Lbfgs(1).Minimize([1], (parameters, gradients) =>
    {
        gradients[0] = parameters[0];
        return parameters[0] * parameters[0] / 2;
    }, tolerance: 1e-3, mostSteps: 10, new CancellationToken(canceled: true)));
}
