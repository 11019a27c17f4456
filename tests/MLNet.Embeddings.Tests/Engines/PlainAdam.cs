namespace MLNet.Embeddings.Tests;

/// <summary>An array that learns by the formulas of AdamW and of a moving average that follows in every step, in double precision.</summary>
/// <param name="array">The array.</param>
internal sealed class PlainAdam(InitialArray array)
{
    private readonly double[] _first = new double[array.Values.Length], _second = new double[array.Values.Length];

    internal double[] Weights { get; } = [.. array.Values];

    internal double[] Average { get; } = [.. array.Values];

    /// <summary>Takes a step.</summary>
    /// <param name="step">Its number, from 1.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="rows">The rows that are looked up, if it is a table.</param>
    /// <param name="gradients">The gradients of all values.</param>
    /// <param name="norm">The norm of the gradients of all arrays.</param>
    /// <param name="settings">Decay, clipping and averaging.</param>
    internal void Step(int step, double rate, int[] rows, double[] gradients, double norm, EngineSettings settings)
    {
        const double Beta1 = 0.9f, Beta2 = 0.999f;
        double scale = Math.Min(1, settings.MaxGradientNorm / norm), kept = Math.Min(settings.AveragingDecay, (1.0 + step) / (10 + step));
        for (int i = 0; i < Weights.Length; i++)
        {
            if (array.Role != ArrayRole.Table || settings.DenseTableUpdates || rows.Contains(i / array.Extents[1]))
            {
                double gradient = gradients[i] * scale;
                if (array.Role == ArrayRole.Matrix) Weights[i] *= 1 - rate * settings.WeightDecay;
                _first[i] = Beta1 * _first[i] + (1 - Beta1) * gradient;
                _second[i] = Beta2 * _second[i] + (1 - Beta2) * gradient * gradient;
                Weights[i] -= rate * _first[i] / (1 - Math.Pow(Beta1, step)) / (Math.Sqrt(_second[i] / (1 - Math.Pow(Beta2, step))) + 1e-8);
            }
            Average[i] = kept * Average[i] + (1 - kept) * Weights[i];
        }
    }
}
