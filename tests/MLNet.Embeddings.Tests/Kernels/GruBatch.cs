namespace MLNet.Embeddings.Tests;

/// <summary>A batch of ragged rows with the weights of a GRU, and what is to be found for it.</summary>
internal sealed class GruBatch
{
    public GruBatch(int dimensions, int units, int[] lengths, int terms, bool starts = false)
    {
        (Dimensions, Units, Lengths, Terms) = (dimensions, units, lengths, terms);
        var random = new Random(lengths.Length + units);
        TermOfToken = [.. Enumerable.Range(0, lengths.Sum()).Select(_ => random.Next(terms))];
        Embeddings = Numbers.Random(terms * dimensions, 1);
        WeightInput = Numbers.Random(3 * units * dimensions, 2);
        WeightHidden = [.. Numbers.Random(3 * units * units, 3).Select(value => value / MathF.Sqrt(units))];
        BiasInput = Numbers.Random(3 * units, 4);
        BiasHidden = Numbers.Random(3 * units, 5);
        StateGradients = Numbers.Random(lengths.Length * units, 6);
        Starts = starts ? Numbers.Random(lengths.Length * units, 7) : [];
    }

    public int Dimensions { get; }
    public int Units { get; }
    public int[] Lengths { get; }
    public int Terms { get; }
    public int[] TermOfToken { get; }
    public float[] Embeddings { get; }
    public float[] WeightInput { get; }
    public float[] WeightHidden { get; }
    public float[] BiasInput { get; }
    public float[] BiasHidden { get; }
    public float[] StateGradients { get; }

    /// <summary>The state that each row starts with; empty for zeros.</summary>
    public float[] Starts { get; }

    /// <summary>Forward and backward: last states, then the gradients of the embeddings, both weights and both biases, and the starts if there are any.</summary>
    public float[][] Run(RaggedGru gru)
    {
        float[] states = new float[StateGradients.Length], embeddings = new float[Embeddings.Length];
        float[] weightInput = new float[WeightInput.Length], weightHidden = new float[WeightHidden.Length];
        float[] biasInput = new float[BiasInput.Length], biasHidden = new float[BiasHidden.Length], starts = new float[Starts.Length];
        var rows = new RaggedRows();
        rows.Set(Lengths, TermOfToken, Terms);
        gru.Plan(rows);
        gru.Forward(Embeddings, WeightInput, WeightHidden, BiasInput, BiasHidden, states, Starts);
        gru.Backward(
            StateGradients, Embeddings, WeightInput, WeightHidden, embeddings, weightInput, weightHidden, biasInput, biasHidden, starts);
        return [states, embeddings, weightInput, weightHidden, biasInput, biasHidden, .. Starts.Length > 0 ? [starts] : Array.Empty<float[]>()];
    }

    public float[][] Run(int threads = 2) => Run(new RaggedGru(new(Dimensions, Units), threads));
}
