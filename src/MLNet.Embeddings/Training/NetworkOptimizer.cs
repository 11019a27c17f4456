using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Updates a network by its gradients: AdamW over the dense parameters, row-wise Adam over the tables, all clipped together.</summary>
internal sealed class NetworkOptimizer
{
    // Kingma and Ba's settings (arXiv 1412.6980), which torch and Keras share.
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    private readonly ParameterBlock _dense;
    private readonly IReadOnlyList<EmbeddingTable> _tables;
    private readonly NetworkAverage? _average;
    private readonly TrainingOptions _options;
    private int _step;

    internal NetworkOptimizer(ITrainableNetwork network, TrainingOptions options)
    {
        _dense = network.Dense;
        _tables = [.. network.Tables.Where(table => table.IsTrained)];
        double averaging = options.Regularization.AveragingDecay;
        _average = averaging > 0 ? new NetworkAverage(_dense, _tables, new(averaging), everyRow: options.DenseTableUpdates) : null;
        _options = options;
        LearningRate = options.LearningRate;
    }

    /// <summary>Step size.</summary>
    internal double LearningRate { get; set; }

    /// <summary>Forgets the gradients of the last step.</summary>
    internal void Clear()
    {
        Array.Clear(_dense.Gradients);
        foreach (var table in _tables) table.Clear();
    }

    /// <summary>Takes one step along the gradients.</summary>
    internal void Step()
    {
        _average?.Follow(_step);
        var step = new AdamStep((float)LearningRate, Beta1, Beta2, Epsilon, (float)_options.Regularization.WeightDecay, ++_step, ClippingScale(), _options.Threads);
        _dense.Update(step);
        foreach (var table in _tables) table.Update(step with { WeightDecay = 0 }, _options.DenseTableUpdates);
    }

    /// <summary>Puts the moving average in the place of the weights until the result is disposed; null, and no change, without averaging.</summary>
    internal IDisposable? UseAverage() => _average?.Use(_step);

    /// <summary>Copies of the network's weights and of all that a new optimizer needs to continue as this one would. Not while the average is in the place of the weights.</summary>
    internal OptimizerState Save() => new(_step, Arrays().ToDictionary(array => array.Name, array => WeightArray.Vector([.. array.Values])));

    /// <summary>Continues where another optimizer was saved: with its network's weights, which is of the same form.</summary>
    /// <exception cref="ArgumentException">The state is of another form of network or other settings.</exception>
    internal void Restore(OptimizerState state)
    {
        state.CopyTo([.. Arrays()]);
        _step = state.Step;
    }

    /// <summary>All state in arrays, where it lies.</summary>
    private IEnumerable<(string Name, float[] Values)> Arrays()
    {
        foreach (var (name, values) in _dense.Moments.Concat(_average?.Dense.State ?? []).Append(("values", _dense.Values))) yield return ($"dense.{name}", values);
        for (int i = 0; i < _tables.Count; i++)
        {
            foreach (var (name, values) in _tables[i].Moments.Concat(_average?.Tables[i].State ?? []).Append(("values", _tables[i].Values))) yield return ($"tables.{i}.{name}", values);
        }
    }

    /// <summary>What shortens all gradients together to the largest norm that is allowed; 1 if they are short enough.</summary>
    private float ClippingScale()
    {
        double squares = TensorPrimitives.SumOfSquares<float>(_dense.Gradients);
        foreach (var table in _tables) squares += TensorPrimitives.SumOfSquares<float>(table.Gradients);

        double norm = Math.Sqrt(squares), maxNorm = _options.Regularization.MaxGradientNorm;
        return norm <= maxNorm ? 1 : (float)(maxNorm / norm);
    }
}
