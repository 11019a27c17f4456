using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A trained network made ready to score: columns to vectors, put one after the other, through dense layers.</summary>
/// <remarks>
/// Made once for a transformer; any number of threads may use it at once. What changes from row to row belongs to each <see cref="VectorGetter"/>.
/// </remarks>
internal sealed class ForwardPass
{
    private readonly ColumnPass[] _columns;
    private readonly DenseLayer[] _hidden;
    private readonly DenseLayer _output;

    internal ForwardPass(TrainedNetwork network)
    {
        _columns = [.. network.Shape.Columns.Select(column => ColumnPass.Of(column, network))];
        var layers = Enumerable.Range(0, network.Shape.LayerCount).Select(index => new DenseLayer(network, index)).ToArray();
        (_hidden, _output) = (layers[..^1], layers[^1]);
    }

    /// <summary>Number of values that the network gives for a row.</summary>
    internal int Outputs => _output.Outputs;

    /// <summary>Finds the network's columns, in its order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of another type than in training.</exception>
    internal DataViewSchema.Column[] Find(DataViewSchema schema) => [.. _columns.Select(column => column.Find(schema))];

    /// <summary>The network's outputs for the rows of a cursor; allocates nothing per row once its buffers have grown.</summary>
    /// <param name="row">The row or cursor, on which the columns are active.</param>
    /// <param name="inputs">The columns as <see cref="Find"/> gave them.</param>
    internal VectorGetter Over(DataViewRow row, DataViewSchema.Column[] inputs)
    {
        VectorGetter[] columns = [.. _columns.Zip(inputs, (pass, column) => pass.Over(row, column))];
        float[] combined = new float[_columns.Sum(column => column.Size)];
        float[][] activations = [.. _hidden.Select(layer => new float[layer.Outputs])];

        return outputs =>
        {
            int start = 0;
            for (int i = 0; i < columns.Length; i++)
            {
                columns[i](combined.AsSpan(start, _columns[i].Size));
                start += _columns[i].Size;
            }

            float[] values = combined;
            for (int i = 0; i < _hidden.Length; i++)
            {
                _hidden[i].Apply(values, activations[i]);
                values = activations[i];
                Activation.Relu(values);
            }
            _output.Apply(values, outputs);
        };
    }
}
