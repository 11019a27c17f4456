namespace MLNet.Embeddings;

/// <summary>An exponential moving average of all of a network's weights over the steps of training; a step costs what the rows it changes cost.</summary>
/// <remarks>
/// Polyak and Juditsky 1992 (SIAM J. Control Optim. 30). In the first steps the decay is min(decay, (1 + t) / (10 + t)) for step t, as in TensorFlow's
/// ExponentialMovingAverage, so that the initial weights are soon forgotten.
/// </remarks>
/// <param name="dense">The network's dense parameters.</param>
/// <param name="tables">The network's tables.</param>
/// <param name="decay">The decay per step, below 1.</param>
/// <param name="everyRow">True if a step changes every row of the tables, and not those that were looked up alone.</param>
internal sealed class NetworkAverage(ParameterBlock dense, IReadOnlyList<EmbeddingTable> tables, double decay, bool everyRow)
{
    private readonly WeightAverage _dense = new(dense.Values, dense.Values.Length);
    private readonly WeightAverage[] _tables = [.. tables.Select(table => new WeightAverage(table.Values, table.Dimensions))];
    private double _logDecay;
    private int _steps;

    /// <summary>To be called before each step: brings up to date what the step will change.</summary>
    internal void Follow()
    {
        _dense.FollowAll(dense.Values, _logDecay);
        for (int i = 0; i < tables.Count; i++)
        {
            if (everyRow) _tables[i].FollowAll(tables[i].Values, _logDecay);
            else _tables[i].Follow(tables[i].Values, tables[i].Touched, _logDecay);
        }
        _steps++;
        _logDecay += Math.Log(Math.Min(decay, (1.0 + _steps) / (10.0 + _steps)));
    }

    /// <summary>Puts the average in the place of the network's weights until the result is disposed.</summary>
    internal IDisposable Use()
    {
        _dense.FollowAll(dense.Values, _logDecay);
        for (int i = 0; i < tables.Count; i++) _tables[i].FollowAll(tables[i].Values, _logDecay);
        Exchange();
        return new Exchanged(this);
    }

    private void Exchange()
    {
        _dense.Exchange(dense.Values);
        for (int i = 0; i < tables.Count; i++) _tables[i].Exchange(tables[i].Values);
    }

    /// <summary>Puts the weights back.</summary>
    private sealed class Exchanged(NetworkAverage average) : IDisposable
    {
        public void Dispose() => average.Exchange();
    }
}
