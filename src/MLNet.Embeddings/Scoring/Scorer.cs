using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A fitted network made ready to score. Any number of threads may use it at once.</summary>
internal sealed class Scorer
{
    private readonly TrainedParameters _parameters;

    internal Scorer(TrainedNetwork network)
    {
        _parameters = new TrainedParameters(network);
        Shape = network.Shape;
        Columns = [.. network.Shape.Columns.Select(column => ScoredColumn.Of(column, network))];
    }

    /// <summary>The network's form.</summary>
    internal NetworkShape Shape { get; }

    /// <summary>What it reads.</summary>
    internal ScoredColumn[] Columns { get; }

    /// <summary>Finds the network's columns, in its order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of another type than in training.</exception>
    internal DataViewSchema.Column[] Find(DataViewSchema schema) => Array.ConvertAll(Columns, column => column.Find(schema));

    /// <summary>The network for one row or cursor; what is computed of its weights alone is shared by all of them.</summary>
    internal ColumnNetwork Open(int threads) => new(Shape, _parameters, threads, DropoutPlan.None);
}

/// <summary>Reads the network's columns of a row or cursor into a batch. Allocates nothing per row once the batch has grown.</summary>
internal sealed class BatchReader
{
    private readonly ColumnReader[] _readers;

    /// <param name="scorer">The network.</param>
    /// <param name="row">The row or cursor, on which the columns are active.</param>
    /// <param name="inputs">The columns as <see cref="Scorer.Find"/> gave them.</param>
    internal BatchReader(Scorer scorer, DataViewRow row, DataViewSchema.Column[] inputs)
    {
        _readers = [.. scorer.Columns.Select((column, i) => column.Open(row, inputs[i]))];
        Batch = new RowBatch(Array.ConvertAll(_readers, reader => reader.Batch), [], []);
    }

    /// <summary>The rows that were read.</summary>
    internal RowBatch Batch { get; }

    /// <summary>Reads the row that the cursor stands on.</summary>
    /// <param name="index">Its place in the batch; later ones are forgotten.</param>
    internal void Read(int index)
    {
        foreach (var reader in _readers) reader.Read(index);
        Batch.RowCount = index + 1;
    }
}
