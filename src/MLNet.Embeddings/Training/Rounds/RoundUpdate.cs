using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Moves the weights of a network by what the workers of a round have learned.</summary>
internal abstract class RoundUpdate
{
    /// <summary>Moves the weights.</summary>
    /// <param name="changes">The means of the round.</param>
    /// <param name="learningRate">Size of the steps.</param>
    internal abstract void Apply(RoundChanges changes, double learningRate);

    /// <summary>Exchanges the moving average, brought up to date, and the weights; false, and no change, without averaging.</summary>
    private protected abstract bool BeginAverage();

    /// <summary>Exchanges the moving average and the weights.</summary>
    private protected abstract void Exchange();

    /// <summary>All state in arrays, where it lies.</summary>
    internal abstract TrainingState Save();

    /// <summary>Copies such a state.</summary>
    /// <exception cref="ArgumentException">It is of another form; nothing is changed.</exception>
    internal abstract void Restore(TrainingState state);

    /// <inheritdoc cref="Trainee.UseAverage"/>
    internal IDisposable? UseAverage() => BeginAverage() ? new AverageInUse(this) : null;

    private sealed class AverageInUse(RoundUpdate update) : IDisposable
    {
        public void Dispose() => update.Exchange();
    }
}

/// <summary>A step of the one optimizer along the mean of all workers' gradients.</summary>
internal sealed class GradientUpdate(TrainableParameters parameters, EngineSettings settings) : RoundUpdate
{
    private readonly KernelOptimizer _optimizer = new(parameters, settings);

    internal override void Apply(RoundChanges changes, double learningRate)
    {
        _optimizer.Clear();
        changes.Dense.CopyTo(parameters.Gradients, 0);
        foreach (var sums in changes.Tables)
        {
            sums.Table.LookUp(sums.Rows.ToArray(), training: true);
            sums.Means.CopyTo(sums.Table.Gradients);
        }
        _optimizer.Step(learningRate);
    }

    internal override TrainingState Save() => _optimizer.Save();

    internal override void Restore(TrainingState state) => _optimizer.Restore(state);

    private protected override bool BeginAverage() => _optimizer.BeginAverage();

    private protected override void Exchange() => _optimizer.Exchange();
}

/// <summary>A step along the mean of all workers' changes, as if it were a gradient: that of DiLoCo's outer optimizer, Nesterov's momentum.</summary>
/// <remarks>
/// Effectively computes m = μ m + d, w = w + η (μ m + d) for the mean change d, or w + η d without momentum; Sutskever et al. 2013 (ICML 28), as torch's SGD.
/// </remarks>
internal sealed class ChangeUpdate : RoundUpdate
{
    private readonly TrainableParameters _parameters;
    private readonly Moved _dense;
    private readonly Moved[] _tables;
    private int _step;

    internal ChangeUpdate(TrainableParameters parameters, EngineSettings settings, RoundOptions rounds)
    {
        _parameters = parameters;
        var decay = settings.AveragingDecay > 0 ? new AveragingDecay(settings.AveragingDecay) : null;
        _dense = new Moved("dense", parameters.Values, parameters.Values.Length, rounds, decay);
        _tables = [.. parameters.TrainedTables.Select(table => new Moved(table.Shape.Name, table.Values, table.Dimensions, rounds, decay))];
    }

    internal override void Apply(RoundChanges changes, double learningRate)
    {
        _dense.Average?.FollowAll(_step);
        _dense.Move(0, changes.Dense);
        foreach (var (table, sums) in _tables.Zip(changes.Tables))
        {
            table.Average?.Follow(sums.Rows, _step);
            for (int place = 0; place < sums.Rows.Length; place++) table.Move(sums.Rows[place], sums.MeanOf(place));
        }
        _step += changes.Steps;
    }

    internal override TrainingState Save() => new(_step, Arrays().ToDictionary(array => array.Name, array => WeightArray.Vector(array.Values)), []);

    internal override void Restore(TrainingState state)
    {
        state.CopyTo([.. Arrays()]);
        _step = state.Step;
    }

    private protected override bool BeginAverage()
    {
        if (_dense.Average is null) return false;
        foreach (var moved in _tables.Prepend(_dense)) moved.Average!.FollowAll(_step);
        Exchange();
        return true;
    }

    private protected override void Exchange()
    {
        foreach (var moved in _tables.Prepend(_dense)) moved.Average!.Exchange();
    }

    private IEnumerable<(string Name, float[] Values)> Arrays() =>
        [.. _tables.Prepend(_dense).SelectMany(moved => moved.Arrays), .. _parameters.Statistics.Select(one => ($"statistics.{one.Name}", one.Values))];

    /// <summary>An array, with its momentum and its average.</summary>
    private sealed class Moved(string name, float[] values, int rowLength, RoundOptions rounds, AveragingDecay? decay)
    {
        private readonly float[] _momentum = rounds.OuterMomentum > 0 ? new float[values.Length] : [];

        internal WeightAverage? Average { get; } = decay is null ? null : new WeightAverage(values, rowLength, decay);

        internal IEnumerable<(string Name, float[] Values)> Arrays =>
            [($"{name}.values", values), ($"{name}.momentum", _momentum), .. (Average?.State ?? []).Select(one => ($"{name}.{one.Name}", one.Values))];

        internal void Move(int row, ReadOnlySpan<float> change)
        {
            var weights = values.AsSpan(row * rowLength, rowLength);
            float scale = (float)rounds.OuterLearningRate, kept = (float)rounds.OuterMomentum;
            if (kept == 0)
            {
                TensorPrimitives.MultiplyAdd(change, scale, weights, weights);
                return;
            }
            var momentum = _momentum.AsSpan(row * rowLength, rowLength);
            TensorPrimitives.MultiplyAdd(momentum, kept, change, momentum);
            TensorPrimitives.MultiplyAdd(change, scale, weights, weights);
            TensorPrimitives.MultiplyAdd(momentum, scale * kept, weights, weights);
        }
    }
}
