namespace MLNet.Embeddings.Tests;

/// <summary>Recurrences in double precision, written as their equations are.</summary>
internal static class RecurrentReference
{
    /// <summary>The results of a batch, with numbers in the order of <see cref="RecurrentCase.Run(RaggedRecurrence)"/>, from the embeddings on.</summary>
    public static double[] Results(RecurrentCase batch, double[][] numbers)
    {
        var form = batch.Form;
        var results = new double[batch.ResultGradients.Length];
        int first = 0;
        for (int row = 0; row < batch.Lengths.Length; first += batch.Lengths[row++])
        {
            double[] state = batch.Starts.Length > 0 ? numbers[5][(row * form.StateSize)..((row + 1) * form.StateSize)] : new double[form.StateSize];
            for (int i = 0; i < batch.Lengths[row]; i++)
            {
                int token = first + (form.Reversed ? batch.Lengths[row] - 1 - i : i);
                state = Step(batch, numbers, batch.TermOfToken[token], state);
                if (form.EveryState) state.AsSpan(0, form.Units).CopyTo(results.AsSpan(token * form.Width + form.Offset));
            }

            if (!form.EveryState) state.AsSpan(0, form.Units).CopyTo(results.AsSpan(row * form.Width + form.Offset));
        }

        return results;
    }

    private static double[] Step(RecurrentCase batch, double[][] numbers, int term, double[] before)
    {
        int units = batch.Form.Units, dimensions = batch.Form.Dimensions;
        double[] input = Gates(numbers[1], numbers[3], numbers[0].AsSpan(term * dimensions, dimensions));
        double[] recurrent = Gates(numbers[2], numbers[4], before.AsSpan(0, units));
        var after = new double[before.Length];
        for (int i = 0; i < units; i++)
        {
            int second = units + i, third = 2 * units + i, fourth = 3 * units + i;
            if (batch.Form.Cell == RecurrentCell.Gru)
            {
                double reset = Sigmoid(input[i] + recurrent[i]), update = Sigmoid(input[second] + recurrent[second]);
                after[i] = (1 - update) * Math.Tanh(input[third] + reset * recurrent[third]) + update * before[i];
            }
            else
            {
                double fresh = Sigmoid(input[i] + recurrent[i]) * Math.Tanh(input[third] + recurrent[third]);
                after[second] = Sigmoid(input[second] + recurrent[second]) * before[second] + fresh;
                after[i] = Sigmoid(input[fourth] + recurrent[fourth]) * Math.Tanh(after[second]);
            }
        }

        return after;
    }

    private static double[] Gates(double[] weights, double[] bias, ReadOnlySpan<double> vector)
    {
        var gates = (double[])bias.Clone();
        for (int i = 0; i < gates.Length; i++)
            for (int k = 0; k < vector.Length; k++) gates[i] += weights[i * vector.Length + k] * vector[k];
        return gates;
    }

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));
}
