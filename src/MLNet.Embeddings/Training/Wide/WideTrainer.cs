namespace MLNet.Embeddings;

/// <summary>Trains the wide part of a model to the optimum of the best of several penalties.</summary>
/// <remarks>
/// Penalties fall from strong to weak, each beginning where the one before ended, until rows of the first fold, which are held out, say that it gets worse.
/// With the best of them the other folds are held out in turn, so that there is an unseen score for each row; the weights are then fitted to all rows.
/// </remarks>
/// <param name="features">The features of all rows.</param>
/// <param name="featureCount">Number of different features.</param>
/// <param name="objective">What is learned.</param>
/// <param name="labels">Labels and weights of all rows.</param>
/// <param name="folds">Which rows are held out together.</param>
/// <param name="cancellation">Ends training.</param>
internal sealed class WideTrainer(
    WideRows features, int featureCount, NetworkObjective objective, RowBatch labels, RowFolds folds, CancellationToken cancellation)
{
    /// <summary>The inverse penalties per row, as scikit-learn's C: half the squares of the weights cost 1 / (C × rows).</summary>
    private static readonly double[] InversePenalties = [0.01, 0.05, 0.2, 1, 5, 25, 125];

    /// <summary>Where no rows are held out.</summary>
    private const double UsualInversePenalty = 8;

    private static readonly double Tolerance = Lab.Number("tol", 1e-3);

    private const int MostSteps = 60;

    /// <returns>The weights (features × outputs, then the bias), and for each row the outputs of weights that have not seen it; NaN for rows never held
    /// out.</returns>
    internal (float[] Parameters, float[] HeldOut, double InversePenalty) Train()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        int outputs = objective.Outputs;
        float[] heldOut = new float[labels.RowCount * outputs];
        heldOut.AsSpan().Fill(float.NaN);
        var search = new Lbfgs((featureCount + 1) * outputs);
        var (parameters, inverse) = folds.Count > 0 ? Search(search, heldOut) : (new float[(featureCount + 1) * outputs], UsualInversePenalty);
        if (Lab.Int("debug", 0) == 1) Console.WriteLine($"  wide C {inverse} {watch.Elapsed.TotalSeconds:F1} s, {features.Count / labels.RowCount} a row, {featureCount} features");
        for (int fold = 1; fold < folds.Count; fold++)
        {
            // From zero: weights that have seen the rows would remember them.
            var others = Problem(folds.TrainingRows(fold), inverse);
            float[] unseen = new float[parameters.Length];
            search.Minimize(unseen, others.Evaluate, Tolerance, MostSteps, cancellation);
            ScoreFold(fold, others, unseen, heldOut);
        }
        search.Minimize(parameters, Problem(folds.AllRows, inverse).Evaluate, Tolerance, MostSteps, cancellation);
        if (Lab.Int("debug", 0) == 1) Console.WriteLine($"  wide all {watch.Elapsed.TotalSeconds:F1} s");
        return (parameters, heldOut, inverse);
    }

    /// <summary>Finds the best penalty while the first fold is held out, and the weights that go with it.</summary>
    private (float[] Parameters, double InversePenalty) Search(Lbfgs search, float[] heldOut)
    {
        int[] rows = folds.TrainingRows(0), unseen = folds.HeldOutRows(0);
        float[] parameters = new float[(featureCount + 1) * objective.Outputs], best = parameters;
        double bestLoss = double.PositiveInfinity, bestInverse = InversePenalties[0];
        foreach (double inverse in InversePenalties)
        {
            var problem = Problem(rows, inverse);
            search.Minimize(parameters, problem.Evaluate, Tolerance, MostSteps, cancellation);
            ScoreFold(0, problem, parameters, heldOut);
            double loss = Loss(unseen, heldOut);
            if (Lab.Int("debug", 0) == 1) Console.WriteLine($"  wide C {inverse} loss {loss / unseen.Length:F5}");
            if (loss >= bestLoss) break;
            (bestLoss, bestInverse, best) = (loss, inverse, (float[])parameters.Clone());
        }
        ScoreFold(0, Problem(rows, bestInverse), best, heldOut);
        return (best, bestInverse);
    }

    private WideProblem Problem(int[] rows, double inverse) =>
        new(features, featureCount, objective, labels, rows) { Penalty = 1 / (inverse * labels.RowCount) };

    private void ScoreFold(int fold, WideProblem problem, float[] parameters, float[] scores)
    {
        int outputs = objective.Outputs;
        foreach (int row in folds.HeldOutRows(fold)) problem.Score(parameters, row, scores.AsSpan(row * outputs, outputs));
    }

    private double Loss(int[] rows, float[] scores)
    {
        int outputs = objective.Outputs;
        double loss = 0;
        foreach (int row in rows) loss += objective.Loss(scores.AsSpan(row * outputs, outputs), labels, row, []);
        return loss;
    }
}
