namespace MLNet.Embeddings.Tests;

/// <summary>A batch of ragged rows with the weights of a recurrence of one form, and what is to be found for it.</summary>
internal sealed class RecurrentCase
{
    public RecurrentCase(RecurrentForm form, int[] lengths, int terms, bool starts = false)
    {
        (Form, Lengths, Terms) = (form, lengths, terms);
        var random = new Random(lengths.Length + form.Units);
        TermOfToken = [.. Enumerable.Range(0, lengths.Sum()).Select(_ => random.Next(terms))];
        Embeddings = Numbers.Random(terms * form.Dimensions, 1);
        WeightInput = Numbers.Random(form.Gates * form.Dimensions, 2);
        WeightHidden = [.. Numbers.Random(form.Gates * form.Units, 3).Select(value => value / MathF.Sqrt(form.Units))];
        BiasInput = Numbers.Random(form.Gates, 4);
        BiasHidden = Numbers.Random(form.Gates, 5);
        ResultGradients = Numbers.Random((form.EveryState ? TermOfToken.Length : lengths.Length) * form.Width, 6);
        Starts = starts ? Numbers.Random(lengths.Length * form.StateSize, 7) : [];
    }

    /// <summary>The names of what <see cref="Run(RaggedRecurrence)"/> finds.</summary>
    public static string[] Names { get; } = ["results", "embeddings", "input weights", "hidden weights", "input biases", "hidden biases", "starts"];

    public RecurrentForm Form { get; }
    public int[] Lengths { get; }
    public int Terms { get; }
    public int[] TermOfToken { get; }
    public float[] Embeddings { get; }
    public float[] WeightInput { get; }
    public float[] WeightHidden { get; }
    public float[] BiasInput { get; }
    public float[] BiasHidden { get; }
    public float[] ResultGradients { get; }

    /// <summary>The state that each row starts with; empty for zeros.</summary>
    public float[] Starts { get; }

    public RaggedRows Rows()
    {
        var rows = new RaggedRows();
        rows.Set(Lengths, TermOfToken, Terms);
        return rows;
    }

    public RecurrentWeights Weights(int threads = 1)
    {
        var weights = new RecurrentWeights(Form, threads);
        weights.PackForward(WeightInput, WeightHidden, BiasInput, BiasHidden);
        weights.PackBackward(WeightInput, WeightHidden);
        return weights;
    }

    /// <summary>Forward and backward: results, then the gradients of the embeddings, both weights and both biases, and the starts if there are any.</summary>
    public float[][] Run(RaggedRecurrence recurrence)
    {
        float[] results = new float[ResultGradients.Length], embeddings = new float[Embeddings.Length];
        float[] weightInput = new float[WeightInput.Length], weightHidden = new float[WeightHidden.Length];
        float[] biasInput = new float[BiasInput.Length], biasHidden = new float[BiasHidden.Length], starts = new float[Starts.Length];
        var weights = Weights();
        recurrence.Forward(Rows(), Embeddings, weights, results, keep: true, Starts);
        recurrence.Backward(ResultGradients, Embeddings, weights, embeddings, weightInput, weightHidden, biasInput, biasHidden, starts);
        return [results, embeddings, weightInput, weightHidden, biasInput, biasHidden, .. Starts.Length > 0 ? [starts] : Array.Empty<float[]>()];
    }

    public float[][] Run(int threads = 2) => Run(new RaggedRecurrence(Form, threads));

    /// <summary>The results without a tape.</summary>
    public float[] Forward(int threads)
    {
        var results = new float[ResultGradients.Length];
        new RaggedRecurrence(Form, threads).Forward(Rows(), Embeddings, Weights(threads), results, keep: false, Starts);
        return results;
    }

    /// <summary>The results out of what all terms give to the gates.</summary>
    public unsafe float[] ForwardProjected(int threads)
    {
        var (results, weights) = (new float[ResultGradients.Length], Weights(threads));
        var projected = new float[Terms * Form.Gates];
        weights.Project(Embeddings, Terms, projected);
        fixed (float* start = projected)
            new RaggedRecurrence(Form, threads).ForwardProjected(Rows(), start, weights, results, Starts);
        return results;
    }

    /// <summary>One of the rows alone.</summary>
    public RecurrentCase Only(int row)
    {
        int first = Lengths[..row].Sum();
        var alone = new RecurrentCase(Form, [Lengths[row]], Terms, Starts.Length > 0);
        TermOfToken[first..(first + Lengths[row])].CopyTo(alone.TermOfToken, 0);
        Starts.AsSpan(Starts.Length > 0 ? row * Form.StateSize : 0, alone.Starts.Length).CopyTo(alone.Starts);
        return alone;
    }

    /// <summary>Of the results those of a row.</summary>
    public float[] ResultsOf(int row, float[] results)
    {
        int first = Form.EveryState ? Lengths[..row].Sum() : row;
        return results[(first * Form.Width)..((first + (Form.EveryState ? Lengths[row] : 1)) * Form.Width)];
    }
}
