namespace MLNet.Embeddings;

/// <summary>An exponential moving average of all of a network's weights over the steps of training; a step costs what the rows it touches cost.</summary>
/// <remarks>
/// Polyak and Juditsky 1992 (SIAM J. Control Optim. 30). In the first steps the decay is min(decay, (1 + t) / (10 + t)) for step t, as in TensorFlow's
/// ExponentialMovingAverage, so that the initial weights are soon forgotten.
/// </remarks>
internal sealed class NetworkAverage(ParameterBlock dense, IReadOnlyList<EmbeddingTable> tables, double decay)
{
    private readonly WeightAverage _dense = new(dense.Values, dense.Values.Length);
    private readonly WeightAverage[] _tables = [.. tables.Select(table => new WeightAverage(table.Values, table.Dimensions))];
    private double _logDecay;
    private int _steps;

    /// <summary>To be called before each step: brings up to date what the step will change.</summary>
    internal void Follow()
    {
        _dense.Follow(dense.Values, 0, _logDecay);
        for (int i = 0; i < tables.Count; i++)
        {
            foreach (int row in tables[i].Touched) _tables[i].Follow(tables[i].Values, row, _logDecay);
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
