using static TorchSharp.torch;

namespace MLNet.Embeddings.Tests;

/// <summary>The same batch through torch's own GRU and automatic differentiation, in double precision.</summary>
internal static class TorchGru
{
    /// <summary>What <see cref="GruBatch.Run(RaggedGru)"/> finds.</summary>
    public static double[][] Run(GruBatch batch)
    {
        LibTorch.EnsureLoaded();
        int threads = get_num_threads();
        set_num_threads(1); // small products are slower on several
        try
        {
            return RunAlone(batch);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static double[][] RunAlone(GruBatch batch)
    {
        using IDisposable scope = NewDisposeScope();
        using var gru = nn.GRU(batch.Dimensions, batch.Units, batchFirst: true, dtype: ScalarType.Float64);
        Tensor embeddings = Leaf(batch.Embeddings, batch.Terms, batch.Dimensions);
        var parameters = gru.named_parameters().ToDictionary(parameter => parameter.name, parameter => (Tensor)parameter.parameter);
        using (no_grad())
        {
            parameters["weight_ih_l0"].copy_(Leaf(batch.WeightInput, 3 * batch.Units, batch.Dimensions));
            parameters["weight_hh_l0"].copy_(Leaf(batch.WeightHidden, 3 * batch.Units, batch.Units));
            parameters["bias_ih_l0"].copy_(Leaf(batch.BiasInput, 3 * batch.Units));
            parameters["bias_hh_l0"].copy_(Leaf(batch.BiasHidden, 3 * batch.Units));
        }

        Tensor starts = batch.Starts.Length > 0 ? Leaf(batch.Starts, batch.Lengths.Length, batch.Units) : zeros(batch.Lengths.Length, batch.Units, dtype: ScalarType.Float64);
        Tensor states = LastStates(gru, embeddings, starts, batch);
        (states * Leaf(batch.StateGradients, batch.Lengths.Length, batch.Units)).sum().backward();
        return
        [
            Values(states), Values(embeddings.grad), Values(parameters["weight_ih_l0"].grad), Values(parameters["weight_hh_l0"].grad),
            Values(parameters["bias_ih_l0"].grad), Values(parameters["bias_hh_l0"].grad), .. batch.Starts.Length > 0 ? [Values(starts.grad)] : Array.Empty<double[]>(),
        ];
    }

    /// <summary>The state after each row's last token, out of the states of all rows padded to the longest.</summary>
    private static Tensor LastStates(TorchSharp.Modules.GRU gru, Tensor embeddings, Tensor starts, GruBatch batch)
    {
        int rows = batch.Lengths.Length;
        int longest = batch.Lengths.Max();
        var terms = new long[rows * longest];
        var last = new long[rows];
        int token = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < batch.Lengths[row]; i++)
                terms[row * longest + i] = batch.TermOfToken[token++];
            last[row] = row * longest + Math.Max(batch.Lengths[row] - 1, 0);
        }

        Tensor inputs = embeddings.index_select(0, tensor(terms)).view(rows, longest, batch.Dimensions);
        Tensor states = gru.call(inputs, starts.unsqueeze(0)).Item1.reshape(rows * longest, batch.Units).index_select(0, tensor(last));
        // A row without tokens ends where it starts: rows × units.
        return where(tensor(batch.Lengths.Select(length => length > 0).ToArray()).unsqueeze(1), states, starts);
    }

    private static Tensor Leaf(float[] values, params long[] shape) =>
        tensor(values).to(ScalarType.Float64).view(shape).detach().requires_grad_();

    private static double[] Values(Tensor? tensor) => tensor!.detach().contiguous().data<double>().ToArray();
}
