using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Finds what the scores of each label should take of the networks and of the wide part: what costs held-out rows least.</summary>
/// <param name="objective">What is learned.</param>
/// <param name="labels">Labels and weights of all rows.</param>
/// <param name="rows">The rows that were held out.</param>
/// <param name="progress">Told how far it is; null if nobody asks.</param>
/// <param name="cancellation">Ends it with the best so far.</param>
internal sealed class MixtureFit(
    NetworkObjective objective, RowBatch labels, int[] rows, FitProgress.Part? progress = null, CancellationToken cancellation = default)
{
    private const float Step = 0.05f, Most = 1.5f;

    /// <summary>Costs that are asked for, in the mean.</summary>
    private const int UsualCosts = 40;

    /// <param name="networks">What networks gave for rows that they had not seen: (rows, outputs).</param>
    /// <param name="wide">What the wide part gave.</param>
    internal MixtureWeights[] Find(float[] networks, float[] wide)
    {
        var weights = new MixtureWeights[objective.Labels.Count];
        int start = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            int outputs = objective.Labels[i].Shape.Outputs;
            weights[i] = rows.Length == 0 ? new(0.5f, 0.5f) : Find(i, Slice(networks, i, start), Slice(wide, i, start));
            start += outputs;
        }
        return weights;
    }

    /// <summary>Coordinate descent on a grid, from equal shares.</summary>
    private MixtureWeights Find(int label, float[] networks, float[] wide)
    {
        float[] mixed = new float[networks.Length];
        float a = 0.5f, b = 0.5f;
        double best = Cost(a, b);
        for (bool moved = true; moved;)
        {
            moved = false;
            foreach (var (da, db) in new[] { (Step, -Step), (-Step, Step), (Step, 0), (-Step, 0), (0, Step), (0, -Step) })
            {
                while (!cancellation.IsCancellationRequested)
                {
                    float nextA = MathF.Round(a + da, 3), nextB = MathF.Round(b + db, 3);
                    if (nextA < 0 || nextB < 0 || nextA > Most || nextB > Most) break;
                    double cost = Cost(nextA, nextB);
                    if (cost >= best) break;
                    (a, b, best, moved) = (nextA, nextB, cost, true);
                }
            }
        }
        return new MixtureWeights(a, b);

        double Cost(float ofNetworks, float ofWide)
        {
            progress?.Approach(1.0 / (UsualCosts * objective.Labels.Count));
            TensorPrimitives.Multiply(networks, ofNetworks, mixed);
            TensorPrimitives.MultiplyAdd<float>(wide, ofWide, mixed, mixed);
            int outputs = networks.Length / rows.Length;
            double cost = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                float target = labels.Labels[label][rows[i]];
                if (!float.IsNaN(target))
                    cost += labels.Weights[rows[i]] * objective.Labels[label].Loss(mixed.AsSpan(i * outputs, outputs), target, 0, []);
            }
            return cost;
        }
    }

    /// <summary>The outputs of a label for some rows, as logarithms of probabilities where they are classes.</summary>
    private float[] Slice(float[] scores, int label, int start)
    {
        var shape = objective.Labels[label].Shape;
        int outputs = shape.Outputs;
        float[] slice = new float[rows.Length * outputs];
        for (int i = 0; i < rows.Length; i++)
        {
            var row = slice.AsSpan(i * outputs, outputs);
            scores.AsSpan(rows[i] * objective.Outputs + start, outputs).CopyTo(row);
            if (shape is MulticlassLabelShape) TensorPrimitives.Subtract(row, (float)LogSumExp.Of(row), row);
        }
        return slice;
    }
}
