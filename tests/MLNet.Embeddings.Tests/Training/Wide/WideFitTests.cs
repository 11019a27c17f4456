using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings.Tests;

/// <summary>The wide part: its cost and gradient, its optimum, and what it gives for rows.</summary>
[TestClass]
public sealed class WideFitTests
{
    [TestMethod]
    [DataRow("binary")]
    [DataRow("classes")]
    [DataRow("number")]
    public void Evaluate_Gradient_IsTheSlopeOfTheCost(string task)
    {
        var (table, objective) = WideTables.Of(task);
        var problem = WideTables.Solved(table, objective, WideTables.Fit(table, objective, folds: 0)).Problem;
        var random = new Random(2);
        float[] gradients = new float[problem.Size], ignored = new float[problem.Size];
        float[] parameters = [.. gradients.Select(_ => random.NextSingle() - 0.5f)];

        problem.Evaluate(parameters, gradients);

        for (int i = 0; i < parameters.Length; i++) Assert.AreEqual(Slope(i), gradients[i], 2e-4, $"{i}");

        double Slope(int index)
        {
            const float Step = 0.01f;
            float[] up = [.. parameters], down = [.. parameters];
            up[index] += Step;
            down[index] -= Step;
            return (problem.Evaluate(up, ignored) - problem.Evaluate(down, ignored)) / ((double)up[index] - down[index]);
        }
    }

    [TestMethod]
    public void Evaluate_Center_IsWhatThePenaltyDrawsTo()
    {
        var (table, objective) = WideTables.Of("binary");
        var read = Tables.Of(new CategoryData([0, 1], 1, false), 2);
        var rows = WideRows.Of(read, [null], [WideFeatures.Of(new WideCategory("C", 1), 0, 0, _ => [])], CancellationToken.None);
        WideProblem Problem(float[]? center) => new(rows, 2, objective, new RowBatch([], table.Labels, table.Weights), []) { Penalty = 3, Center = center };
        float[] gradients = new float[3];

        Assert.AreEqual(1.5 * (1 + 4), Problem(null).Evaluate([1, 2, 9], gradients), 1e-6);
        CollectionAssert.AreEqual(new float[] { 3, 6, 0 }, gradients);
        Assert.AreEqual(1.5 * (4 + 1), Problem([3, 1, 7]).Evaluate([1, 2, 9], gradients), 1e-6);
        CollectionAssert.AreEqual(new float[] { -6, 3, 0 }, gradients);
    }

    [TestMethod]
    [DataRow("binary", 0)]
    [DataRow("binary", 3)]
    [DataRow("classes", 3)]
    [DataRow("number", 3)]
    public void Train_Parameters_AreNearTheOptimumOfTheChosenPenalty(string task, int folds)
    {
        var (table, objective) = WideTables.Of(task);
        var fit = WideTables.Fit(table, objective, folds);

        var (problem, parameters) = WideTables.Solved(table, objective, fit);

        float[] atZero = new float[problem.Size], atEnd = new float[problem.Size];
        double start = problem.Evaluate(new float[problem.Size], atZero), end = problem.Evaluate(parameters, atEnd);
        float[] best = [.. parameters];
        double least = new Lbfgs(problem.Size).Minimize(best, problem.Evaluate, tolerance: 1e-9, mostSteps: 500, CancellationToken.None);
        Assert.IsLessThan(start, end);
        Assert.IsLessThan(0.02 * (start - least), end - least);
        Assert.IsLessThan(0.1 * Norm(atZero), Norm(atEnd));

        static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));
    }

    [TestMethod]
    public void Train_Terms_KeepsTheirRarities()
    {
        // Of three rows, key 2 is in one (twice), key 3 in two.
        var table = new TrainingTable([Tables.Sequences([[2, 2, 3], [3], [1]])], [[0, 1, 1]], [1, 1, 1], SkippedRows: 0);
        var fit = new WideFit([InputColumn.Bag("Terms")], table, new RowFolds([-1, -1, -1], 0), Networks.Objective, null, CancellationToken.None);

        fit.Train();

        float[] rarities = fit.Trained!.Weights["wide.Terms.idf"].Values;
        Assert.AreEqual(Math.Log(4.0 / 2) + 1, rarities[2], 1e-6);
        Assert.AreEqual(Math.Log(4.0 / 3) + 1, rarities[3], 1e-6);
    }

    [TestMethod]
    public void Train_Folds_ScoresEachRowByWeightsThatHaveNotSeenIt()
    {
        var (table, objective) = WideTables.Of("binary");
        var fit = WideTables.Fit(table, objective, folds: 3);
        // A label that turns changes nothing of its own row's unseen score, at the same penalty.
        var turned = table with { Labels = [[.. table.Labels[0].Select((label, row) => row == 7 ? 1 - label : label)]] };

        var other = WideTables.Fit(turned, objective, folds: 3);

        Assert.IsTrue(fit.HeldOutScores.All(float.IsFinite));
        Assert.AreEqual(fit.InversePenalty, other.InversePenalty);
        Assert.AreEqual(fit.HeldOutScores[7], other.HeldOutScores[7]);
        Assert.AreNotEqual(fit.HeldOutScores[8], other.HeldOutScores[8]);
    }

    [TestMethod]
    [DataRow("binary")]
    [DataRow("classes")]
    [DataRow("number")]
    public void Score_Network_IsWhatTheProblemGives(string task)
    {
        var (table, objective) = WideTables.Of(task);
        var fit = WideTables.Fit(table, objective, folds: 2);
        var (problem, parameters) = WideTables.Solved(table, objective, fit);
        int outputs = objective.Outputs;
        float[] scores = new float[WideTables.Rows * outputs], expected = new float[outputs];
        var network = new WideNetwork(fit.Trained!);
        var batch = new Batcher(table, WideTables.Scales(fit.Trained!)).Cut([.. Enumerable.Range(0, WideTables.Rows)], UnknownDropout.None);

        network.Score(batch, 20, WideTables.Rows, scores);
        network.Score(batch, 0, 20, scores);

        for (int row = 0; row < WideTables.Rows; row++)
        {
            problem.Score(parameters, row, expected);
            for (int i = 0; i < outputs; i++) Assert.AreEqual(expected[i], scores[row * outputs + i], 1e-5);
        }
    }

    [TestMethod]
    public void Train_Cancelled_HasNoWeights()
    {
        var (table, objective) = WideTables.Of("binary");
        var fit = new WideFit(WideTables.Columns, table, WideTables.Folds(2), objective, null, new CancellationToken(canceled: true));

        fit.Train();

        Assert.IsNull(fit.Trained);
    }

    [TestMethod]
    public void Train_KeptBefore_IsNotTrainedAgain()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var source = new CancellationTokenSource();
        WideFit first = Fit(CancellationToken.None, () => { }), second = Fit(source.Token, source.Cancel);
        try
        {
            first.Train();
            second.Train();

            Assert.IsTrue(source.IsCancellationRequested, "Training would have been ended.");
            foreach (var (name, array) in first.Trained!.Weights) CollectionAssert.AreEqual(array.Values, second.Trained!.Weights[name].Values, name);
            CollectionAssert.AreEqual(first.HeldOutScores, second.HeldOutScores);
            Assert.AreEqual(first.InversePenalty, second.InversePenalty);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        WideFit Fit(CancellationToken cancellation, Action kept)
        {
            var (table, objective) = WideTables.Of("binary");
            return new WideFit(WideTables.Columns, table, WideTables.Folds(2), objective, null, cancellation, progress: null, settings =>
            {
                kept();
                using var log = FitLog.Start(((IHostEnvironment)new MLContext(1)).Register("Test"), "Test");
                return new PartKeeper(new FitCheckpoints(new(folder)).Wide, settings.ToDictionary(one => one.Name, one => one.Value), log);
            });
        }
    }

    [TestMethod]
    public void Evaluate_Cancelled_EndsWithinThePass()
    {
        var (table, objective) = WideTables.Of("binary");
        var read = Tables.Of(new CategoryData([0, 1], 1, false), 2);
        var rows = WideRows.Of(read, [null], [WideFeatures.Of(new WideCategory("C", 1), 0, 0, _ => [])], CancellationToken.None);
        var problem = new WideProblem(rows, 2, objective, new RowBatch([], table.Labels, table.Weights), [0, 1])
        {
            Cancellation = new CancellationToken(canceled: true),
        };

        Assert.ThrowsExactly<OperationCanceledException>(() => problem.Evaluate(new float[3], new float[3]));
    }
}
