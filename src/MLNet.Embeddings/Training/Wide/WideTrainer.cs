namespace MLNet.Embeddings;

/// <summary>Trains the wide part of a model to the optimum of the best of several penalties.</summary>
/// <remarks>
/// Penalties fall from strong to weak, each beginning where the one before ended, until held-out rows say that it gets worse. With the best of them every fold
/// is held out in turn, so that there is an unseen score for each row; the weights are then fitted to all rows.
/// </remarks>
/// <param name="features">The features of all rows.</param>
/// <param name="featureCount">Number of different features.</param>
/// <param name="objective">What is learned.</param>
/// <param name="labels">Labels and weights of all rows.</param>
/// <param name="folds">Which rows are held out together.</param>
/// <param name="start">The parameters to begin with, which the weights are held to; null for zeros.</param>
/// <param name="progress">Told how far training is; null if nobody asks.</param>
/// <param name="cancellation">Ends training.</param>
internal sealed class WideTrainer(
    WideRows features, int featureCount, NetworkObjective objective, RowBatch labels, RowFolds folds, float[]? start,
    FitProgress.Part? progress, CancellationToken cancellation)
{
    /// <summary>The inverse penalties per row, as scikit-learn's C: half the squares of the weights cost 1 / (C × rows).</summary>
    private static readonly double[] InversePenalties = [0.01, 0.05, 0.2, 1, 5, 25, 125];

    /// <summary>Where no rows are held out.</summary>
    private const double UsualInversePenalty = 8;

    private const double Tolerance = 1e-3;

    private const int MostSteps = 60;

    /// <summary>How many penalties are tried, and how often a training evaluates its cost, in the mean.</summary>
    private const int UsualPenalties = 4, UsualEvaluations = 15;

    /// <summary>Products of a pass over the rows, up to which all folds are searched.</summary>
    private const double FewProducts = 2_000_000;

    /// <returns>The weights (features × outputs, then the bias), and for each row the outputs of weights that have not seen it; NaN for rows never held
    /// out.</returns>
    internal (float[] Parameters, float[] HeldOut, double InversePenalty) Train()
    {
        float[] heldOut = HeldOut.Scores(labels.RowCount, objective.Outputs);
        var search = new Lbfgs((featureCount + 1) * objective.Outputs);
        var (parameters, inverse) = folds.Count > 0 ? Search(search, heldOut) : (Begin(), UsualInversePenalty);
        Minimize(search, folds.AllRows, inverse, parameters, left: 1);
        return (parameters, heldOut, inverse);
    }

    /// <summary>Finds the best penalty, and the weights that go with it while the first fold is held out.</summary>
    private (float[] Parameters, double InversePenalty) Search(Lbfgs search, float[] heldOut)
    {
        // A single fold of few rows says little; of many, it is enough.
        int searched = (double)features.Count * objective.Outputs < FewProducts ? folds.Count : 1;
        float[][] parameters = [.. Enumerable.Range(0, searched).Select(_ => Begin())], best = parameters;
        double bestLoss = double.PositiveInfinity, bestInverse = InversePenalties[0];
        foreach (var (tried, inverse) in InversePenalties.Index())
        {
            double loss = 0;
            for (int fold = 0; fold < searched; fold++)
            {
                int left = Math.Max(1, UsualPenalties - tried) * searched - fold + folds.Count - searched + 1;
                loss += HoldOut(search, fold, inverse, parameters[fold], heldOut, left);
            }
            if (loss >= bestLoss) break;
            (bestLoss, bestInverse, best) = (loss, inverse, Array.ConvertAll(parameters, one => (float[])one.Clone()));
        }
        for (int fold = 0; fold < folds.Count; fold++)
        {
            // Others than those of the search begin anew: weights that have seen the rows would remember them.
            if (fold < searched) ScoreFold(fold, best[fold], heldOut);
            else HoldOut(search, fold, bestInverse, Begin(), heldOut, folds.Count - fold + 1);
        }
        return (best[0], bestInverse);
    }

    /// <summary>Trains while a fold is held out; returns what its rows cost.</summary>
    private double HoldOut(Lbfgs search, int fold, double inverse, float[] parameters, float[] heldOut, int left)
    {
        Minimize(search, folds.TrainingRows(fold), inverse, parameters, left);
        return ScoreFold(fold, parameters, heldOut);
    }

    /// <summary>Trains on some rows.</summary>
    /// <param name="search">What trains.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="inverse">The inverse penalty.</param>
    /// <param name="parameters">Where to begin; receives where it ends.</param>
    /// <param name="left">Trainings that are left, this one included, as far as one can tell.</param>
    private void Minimize(Lbfgs search, int[] rows, double inverse, float[] parameters, int left)
    {
        var problem = Problem(rows, inverse);
        search.Minimize(parameters, Evaluate, Tolerance, MostSteps, cancellation);

        double Evaluate(ReadOnlySpan<float> at, Span<float> gradients)
        {
            progress?.Approach(1.0 / (UsualEvaluations * left));
            return problem.Evaluate(at, gradients);
        }
    }

    private float[] Begin() => (float[]?)start?.Clone() ?? new float[(featureCount + 1) * objective.Outputs];

    private WideProblem Problem(int[] rows, double inverse) =>
        new(features, featureCount, objective, labels, rows) { Penalty = 1 / (inverse * labels.RowCount), Center = start, Cancellation = cancellation };

    /// <summary>Scores the rows of a fold; returns what they cost.</summary>
    private double ScoreFold(int fold, float[] parameters, float[] heldOut)
    {
        int outputs = objective.Outputs;
        int[] rows = folds.HeldOutRows(fold);
        var problem = Problem(rows, 1);
        double loss = 0;
        foreach (int row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            var scores = heldOut.AsSpan(row * outputs, outputs);
            problem.Score(parameters, row, scores);
            loss += objective.Loss(scores, labels, row, []);
        }
        return loss;
    }
}
