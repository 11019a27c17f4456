namespace MLNet.Embeddings;

/// <summary>The networks of a model without their output layers: gives for a batch the vectors that these read, one network after the other.</summary>
internal sealed class HiddenNetwork : IRowNetwork
{
    private readonly ColumnNetwork[] _networks;
    private readonly int _size;
    private float[] _vectors = [];

    /// <param name="shape">The form of the networks.</param>
    /// <param name="parameters">The parameters of each.</param>
    /// <param name="threads">How many threads may work.</param>
    internal HiddenNetwork(NetworkShape shape, IReadOnlyList<TrainedParameters> parameters, int threads)
    {
        _networks = [.. parameters.Select(one => new ColumnNetwork(shape, one, threads, DropoutPlan.None))];
        _size = shape.HiddenSize;
    }

    private int Width => _networks.Length * _size;

    /// <inheritdoc/>
    public void Score(RowBatch batch, RowBatch? wideBatch)
    {
        foreach (var network in _networks) network.Encode(batch);
        if (_vectors.Length < batch.RowCount * Width) _vectors = new float[batch.RowCount * Width];
        for (int row = 0; row < batch.RowCount; row++)
        {
            for (int i = 0; i < _networks.Length; i++) _networks[i].CopyHidden(row, _vectors.AsSpan(row * Width + i * _size, _size));
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> ScoresOf(int row) => _vectors.AsSpan(row * Width, Width);
}
