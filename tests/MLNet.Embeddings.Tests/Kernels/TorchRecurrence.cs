using static TorchSharp.torch;

namespace MLNet.Embeddings.Tests;

/// <summary>The same batch through torch's own GRU or LSTM and automatic differentiation, in double precision, a row at a time.</summary>
internal static class TorchRecurrence
{
    /// <summary>What <see cref="RecurrentCase.Run(RaggedRecurrence)"/> finds.</summary>
    public static double[][] Run(RecurrentCase batch)
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

    private static double[][] RunAlone(RecurrentCase batch)
    {
        var form = batch.Form;
        using IDisposable scope = NewDisposeScope();
        using nn.Module module = form.Cell == RecurrentCell.Gru
            ? nn.GRU(form.Dimensions, form.Units, batchFirst: true, dtype: ScalarType.Float64)
            : nn.LSTM(form.Dimensions, form.Units, batchFirst: true, dtype: ScalarType.Float64);
        var parameters = module.named_parameters().ToDictionary(parameter => parameter.name, parameter => (Tensor)parameter.parameter);
        using (no_grad())
        {
            parameters["weight_ih_l0"].copy_(Leaf(batch.WeightInput, form.Gates, form.Dimensions));
            parameters["weight_hh_l0"].copy_(Leaf(batch.WeightHidden, form.Gates, form.Units));
            parameters["bias_ih_l0"].copy_(Leaf(batch.BiasInput, form.Gates));
            parameters["bias_hh_l0"].copy_(Leaf(batch.BiasHidden, form.Gates));
        }

        Tensor embeddings = Leaf(batch.Embeddings, batch.Terms, form.Dimensions);
        int rows = batch.Lengths.Length;
        Tensor starts = Leaf(batch.Starts.Length > 0 ? batch.Starts : new float[rows * form.StateSize], rows, form.StateSize);
        Tensor results = cat([.. Enumerable.Range(0, rows).Select(row => Results(module, batch, row, embeddings, starts[row]))]);
        Tensor gradients = Leaf(batch.ResultGradients, -1, form.Width).narrow(1, form.Offset, form.Units);
        (results * gradients).sum().backward();
        return
        [
            Values(Wide(results, form)), Values(embeddings.grad), Values(parameters["weight_ih_l0"].grad), Values(parameters["weight_hh_l0"].grad),
            Values(parameters["bias_ih_l0"].grad), Values(parameters["bias_hh_l0"].grad),
            .. batch.Starts.Length > 0 ? [Values(starts.grad)] : Array.Empty<double[]>(),
        ];
    }

    /// <summary>A row's results: 1 × units or tokens × units.</summary>
    private static Tensor Results(nn.Module module, RecurrentCase batch, int row, Tensor embeddings, Tensor start)
    {
        var form = batch.Form;
        int first = batch.Lengths[..row].Sum(), length = batch.Lengths[row];
        if (length == 0) return form.EveryState ? zeros(0, form.Units, dtype: ScalarType.Float64) : start.narrow(0, 0, form.Units).unsqueeze(0);

        long[] terms = [.. batch.TermOfToken[first..(first + length)].Select(term => (long)term)];
        if (form.Reversed) Array.Reverse(terms);
        Tensor input = embeddings.index_select(0, tensor(terms)).unsqueeze(0), hidden = start.narrow(0, 0, form.Units).view(1, 1, form.Units);
        Tensor states = (module is TorchSharp.Modules.GRU gru
            ? gru.call(input, hidden).Item1
            : ((TorchSharp.Modules.LSTM)module).call(input, (hidden, start.narrow(0, form.Units, form.Units).view(1, 1, form.Units))).Item1).squeeze(0);
        if (!form.EveryState) return states.narrow(0, length - 1, 1);
        return form.Reversed ? states.flip(0) : states;
    }

    /// <summary>The states where they are in a result, zeros in the other direction's part.</summary>
    private static Tensor Wide(Tensor states, RecurrentForm form)
    {
        Tensor wide = zeros(states.shape[0], form.Width, dtype: ScalarType.Float64);
        wide.narrow(1, form.Offset, form.Units).copy_(states.detach());
        return wide;
    }

    private static Tensor Leaf(float[] values, params long[] shape) => tensor(values).to(ScalarType.Float64).view(shape).detach().requires_grad_();

    private static double[] Values(Tensor? tensor) => tensor!.detach().contiguous().data<double>().ToArray();
}
