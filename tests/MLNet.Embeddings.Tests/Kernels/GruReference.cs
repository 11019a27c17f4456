namespace MLNet.Embeddings.Tests;

/// <summary>A GRU in double precision, written as its equations stand.</summary>
internal static class GruReference
{
    /// <summary>The last states of a batch (rows × units), with weights in the order of <see cref="GruBatch.Run(RaggedGru)"/>.</summary>
    public static double[] LastStates(GruBatch batch, double[][] weights)
    {
        int units = batch.Units;
        var states = new double[batch.Lengths.Length * units];
        int token = 0;
        for (int row = 0; row < batch.Lengths.Length; row++)
            for (int end = token + batch.Lengths[row]; token < end; token++)
                Step(batch, weights, batch.TermOfToken[token], states.AsSpan(row * units, units));
        return states;
    }

    private static void Step(GruBatch batch, double[][] weights, int term, Span<double> state)
    {
        int units = batch.Units;
        double[] before = state.ToArray();
        ReadOnlySpan<double> input = weights[0].AsSpan(term * batch.Dimensions, batch.Dimensions);
        var projected = new double[3 * units];
        var recurrent = new double[3 * units];
        for (int i = 0; i < 3 * units; i++)
        {
            projected[i] = weights[3][i];
            for (int k = 0; k < input.Length; k++) projected[i] += weights[1][i * input.Length + k] * input[k];
            recurrent[i] = weights[4][i];
            for (int k = 0; k < units; k++) recurrent[i] += weights[2][i * units + k] * before[k];
        }

        for (int i = 0; i < units; i++)
        {
            double reset = 1 / (1 + Math.Exp(-projected[i] - recurrent[i]));
            double update = 1 / (1 + Math.Exp(-projected[units + i] - recurrent[units + i]));
            double candidate = Math.Tanh(projected[2 * units + i] + reset * recurrent[2 * units + i]);
            state[i] = (1 - update) * candidate + update * before[i];
        }
    }
}
