using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A trained network made ready to score: columns to vectors, put one after the other, through the stages of the head.</summary>
/// <remarks>
/// Made once for a transformer; any number of threads may use it at once. What changes from row to row belongs to each <see cref="VectorGetter"/> or
/// <see cref="ColumnBlock"/>. A row's outputs have the same bits whether it is computed alone or with others.
/// </remarks>
internal sealed class ForwardPass
{
    /// <summary>Fewer products than these in a stage are not worth another thread.</summary>
    private const int ProductsPerThread = 1_000_000;

    private readonly ColumnPass[] _columns;
    private readonly int[] _starts;
    private readonly HeadStage[] _stages;

    internal ForwardPass(TrainedNetwork network)
    {
        _columns = [.. network.Shape.Columns.Select(column => ColumnPass.Of(column, network))];
        _starts = new int[_columns.Length];
        foreach (var (i, column) in _columns.Index())
        {
            _starts[i] = Inputs;
            Inputs += column.Size;
        }
        _stages = HeadStage.Of(network);
    }

    /// <summary>Length of the columns' vectors together.</summary>
    internal int Inputs { get; }

    /// <summary>Number of values that the network gives for a row.</summary>
    internal int Outputs => _stages[^1].Outputs;

    /// <summary>How many rows are worth a thread in the stages.</summary>
    internal int RowsPerThread => (int)Math.Min(int.MaxValue, 1 + ProductsPerThread / _stages.Max(stage => stage.Products));

    /// <summary>Finds the network's columns, in its order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of another type than in training.</exception>
    internal DataViewSchema.Column[] Find(DataViewSchema schema) => [.. _columns.Select(column => column.Find(schema))];

    /// <summary>The network's outputs for the rows of a cursor; allocates nothing per row once its buffers have grown.</summary>
    /// <param name="row">The row or cursor, on which the columns are active.</param>
    /// <param name="inputs">The columns as <see cref="Find"/> gave them.</param>
    internal VectorGetter Over(DataViewRow row, DataViewSchema.Column[] inputs)
    {
        VectorGetter[] columns = [.. _columns.Zip(inputs, (pass, column) => pass.Over(row, column))];
        float[] combined = new float[Inputs];
        float[][] activations = CreateActivations(rows: 1);
        return outputs =>
        {
            for (int i = 0; i < columns.Length; i++) columns[i](VectorsOf(i, combined)[0]);
            Apply(combined, 0, 1, activations);
            activations[^1].CopyTo(outputs);
        };
    }

    /// <summary>The columns' vectors for the rows of a cursor, block by block.</summary>
    internal ColumnBlock[] OverBlocks(DataViewRow row, DataViewSchema.Column[] inputs, int threads) =>
        [.. _columns.Zip(inputs, (pass, column) => pass.OverBlocks(row, column, threads))];

    /// <summary>Where among the network's inputs the vectors of a column are.</summary>
    internal ColumnVectors VectorsOf(int column, float[] inputs) => new(inputs, _starts[column], Inputs, _columns[column].Size);

    /// <summary>Memory for what the stages give for so many rows.</summary>
    internal float[][] CreateActivations(int rows) => [.. _stages.Select(stage => new float[rows * stage.Outputs])];

    /// <summary>Takes rows through the stages.</summary>
    /// <param name="inputs">The columns' vectors, row after row.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">The row after the last one.</param>
    /// <param name="activations">What the stages give, overwritten for these rows; the last gives the network's outputs.</param>
    internal void Apply(float[] inputs, int start, int end, float[][] activations)
    {
        for (int i = 0; i < _stages.Length; i++)
        {
            int outputs = _stages[i].Outputs;
            var results = activations[i].AsSpan(start * outputs, (end - start) * outputs);
            _stages[i].Apply(inputs.AsSpan(start * _stages[i].Inputs), end - start, results);
            inputs = activations[i];
        }
    }
}
