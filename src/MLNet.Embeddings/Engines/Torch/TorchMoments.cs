using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>What the optimizer gathers over the steps of training for an array: Adam's moments, and a moving average of the weights.</summary>
/// <remarks>
/// The average is that of Polyak and Juditsky 1992 (SIAM J. Control Optim. 30). A row that a step leaves alone is brought up to date just before it
/// changes: until then its weights were the same in every step, so one product of decays does for all.
/// </remarks>
internal sealed class TorchMoments : IDisposable
{
    private readonly AveragingDecay? _decay;
    private readonly torch.Tensor? _average;

    // Up to which step the average of each row, or of all together, has followed. A float counts steps exactly up to 2^24, so that all state is arrays of
    // floats.
    private readonly float[] _followed;

    /// <param name="array">The array.</param>
    /// <param name="decay">What a step keeps of the average; null for no average.</param>
    /// <param name="everyRow">True if a step moves every row of a table.</param>
    internal TorchMoments(TorchArray array, AveragingDecay? decay, bool everyRow)
    {
        (Array, _decay) = (array, decay);
        IsByRow = array.Initial.Role == ArrayRole.Table && !everyRow;
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        First = torch.zeros_like(array.Values).DetachFromDisposeScope();
        Second = torch.zeros_like(array.Values).DetachFromDisposeScope();
        _average = decay is null ? null : array.Values.clone().DetachFromDisposeScope();
        _followed = new float[IsByRow ? array.Initial.Extents[0] : 1];
    }

    internal TorchArray Array { get; }

    /// <summary>Whether a step moves only the rows that were looked up.</summary>
    internal bool IsByRow { get; }

    /// <summary>The mean of past gradients.</summary>
    internal torch.Tensor First { get; }

    /// <summary>The mean of their squares.</summary>
    internal torch.Tensor Second { get; }

    /// <summary>Brings the average of the rows that a step will change up to date.</summary>
    /// <param name="step">Number of steps so far.</param>
    internal void FollowTouched(int step)
    {
        if (_average is null) return;
        if (!IsByRow || Array.Rows is not { } rows)
        {
            FollowAll(step);
            return;
        }
        if (rows.Length == 0) return;
        var index = TorchArrays.Index(rows, _average.device);
        var kept = Kept(rows, step);
        var values = Array.Values.index_select(0, index) * kept.Times(-1).Plus(1);
        _average.index_copy_(0, index, (_average.index_select(0, index) * kept).Plus(values));
    }

    /// <summary>Brings the whole average up to date.</summary>
    internal void FollowAll(int step)
    {
        if (_average is null) return;
        using var scope = torch.NewDisposeScope();
        if (IsByRow)
        {
            var kept = Kept([.. Enumerable.Range(0, _followed.Length)], step);
            _average.mul_(kept).AddProduct(Array.Values, kept.Times(-1).Plus(1), 1);
        }
        else
        {
            double kept = KeptSince(0, step);
            _average.Scale(kept).AddScaled(Array.Values, 1 - kept);
        }
    }

    /// <summary>Exchanges the average and the weights.</summary>
    internal void Exchange()
    {
        using var scope = torch.NewDisposeScope();
        var weights = Array.Values.clone();
        Array.Values.copy_(_average!);
        _average!.copy_(weights);
    }

    /// <summary>All state, where it lies.</summary>
    internal IEnumerable<TorchState> State()
    {
        yield return TorchState.Of($"first_moments.{Array.Name}", First);
        yield return TorchState.Of($"second_moments.{Array.Name}", Second);
        if (_average is null) yield break;
        yield return TorchState.Of($"averages.{Array.Name}", _average);
        yield return TorchState.Of($"average_steps.{Array.Name}", _followed);
    }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        _average?.Dispose();
    }

    /// <summary>What the average of each row keeps: (rows, 1).</summary>
    private torch.Tensor Kept(int[] rows, int step) =>
        torch.tensor(System.Array.ConvertAll(rows, row => (float)KeptSince(row, step)), torch.float32, _average!.device).unsqueeze(1);

    private double KeptSince(int row, int step)
    {
        double kept = _decay!.Kept((int)_followed[row], step);
        _followed[row] = step;
        return kept;
    }
}

/// <summary>A part of a training's state by its name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Number of its values.</param>
/// <param name="Read">Copies them.</param>
/// <param name="Write">Puts others, as many, in their place.</param>
internal sealed record TorchState(string Name, long Length, Func<float[]> Read, Action<float[]> Write)
{
    internal static TorchState Of(string name, torch.Tensor tensor) => new(name, tensor.numel(), () => TorchArrays.Floats(tensor), values =>
    {
        if (values.Length == 0) return;
        using var other = torch.tensor(values, tensor.shape, torch.float32);
        tensor.copy_(other);
    });

    internal static TorchState Of(string name, float[] place) => new(name, place.Length, () => [.. place], values => values.CopyTo(place, 0));
}
