using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A fitted model of networks, opened: what they read, what they have learned, and what they make of a row beside scores.</summary>
internal interface INetworkModel
{
    /// <summary>What makes keys of raw columns, in order.</summary>
    IReadOnlyList<RowMappingTransformer> Steps { get; }

    /// <summary>The columns that the networks read behind the steps: the name there, and the form.</summary>
    IReadOnlyList<(string Name, ColumnShape Shape)> Columns { get; }

    /// <summary>The arrays of each network.</summary>
    IReadOnlyList<TrainedArrays> Networks { get; }

    /// <summary>The mapping of the rows of a schema to the vectors that stand before the scores.</summary>
    /// <param name="input">The schema.</param>
    /// <param name="outputColumnName">Name of the column of vectors.</param>
    /// <exception cref="ArgumentOutOfRangeException">A needed column is missing or of another type than in training.</exception>
    RowBinding BindFeatures(DataViewSchema input, string outputColumnName);
}
