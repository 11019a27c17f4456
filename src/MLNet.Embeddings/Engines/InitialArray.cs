namespace MLNet.Embeddings;

/// <summary>What training does with an array of a network.</summary>
internal enum ArrayRole
{
    /// <summary>An embedding table: rows that a batch looks up are updated row by row, without decay.</summary>
    Table,

    /// <summary>Weights that decay.</summary>
    Matrix,

    /// <summary>Weights that do not decay, such as biases.</summary>
    Vector,

    /// <summary>A running mean or variance of a normalisation, which gradients do not reach.</summary>
    Statistic,
}

/// <summary>An array of a network as training begins with it.</summary>
/// <param name="Extents">Its extents, as in the model file.</param>
/// <param name="Values">Its values, which become the network's own.</param>
/// <param name="Role">What training does with it.</param>
/// <param name="IsTrained">False if it stays as it is.</param>
internal sealed record InitialArray(int[] Extents, float[] Values, ArrayRole Role, bool IsTrained = true);
