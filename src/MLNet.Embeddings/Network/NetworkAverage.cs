namespace MLNet.Embeddings;

/// <summary>An exponential moving average of all of a network's weights over the steps of training; a step costs what the rows it changes cost.</summary>
/// <remarks>Polyak and Juditsky 1992 (SIAM J. Control Optim. 30).</remarks>
/// <param name="dense">The network's dense parameters.</param>
/// <param name="tables">Those of the network's tables that are trained.</param>
/// <param name="decay">What each step keeps.</param>
/// <param name="everyRow">True if a step changes every row of the tables, and not those that were looked up alone.</param>
internal sealed class NetworkAverage(ParameterBlock dense, IReadOnlyList<EmbeddingTable> tables, AveragingDecay decay, bool everyRow)
{
    /// <summary>The average of the dense parameters, which count as one row.</summary>
    internal WeightAverage Dense { get; } = new(dense.Values, dense.Values.Length, decay);

    /// <summary>The averages of the tables.</summary>
    internal IReadOnlyList<WeightAverage> Tables { get; } = [.. tables.Select(table => new WeightAverage(table.Values, table.Dimensions, decay))];

    /// <summary>To be called before each step: brings up to date what the step will change.</summary>
    /// <param name="step">Number of steps so far.</param>
    internal void Follow(int step)
    {
        Dense.FollowAll(dense.Values, step);
        for (int i = 0; i < tables.Count; i++)
        {
            if (everyRow) Tables[i].FollowAll(tables[i].Values, step);
            else Tables[i].Follow(tables[i].Values, tables[i].Touched, step);
        }
    }

    /// <summary>Puts the average in the place of the network's weights until the result is disposed.</summary>
    /// <param name="step">Number of steps so far.</param>
    internal IDisposable Use(int step)
    {
        Dense.FollowAll(dense.Values, step);
        for (int i = 0; i < tables.Count; i++) Tables[i].FollowAll(tables[i].Values, step);
        Exchange();
        return new Exchanged(this);
    }

    private void Exchange()
    {
        Dense.Exchange(dense.Values);
        for (int i = 0; i < tables.Count; i++) Tables[i].Exchange(tables[i].Values);
    }

    /// <summary>Puts the weights back.</summary>
    private sealed class Exchanged(NetworkAverage average) : IDisposable
    {
        public void Dispose() => average.Exchange();
    }
}
