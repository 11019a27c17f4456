using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A worker's copy of the network: it takes weights, is trained for some steps, and gives back what changed.</summary>
/// <param name="network">The network, at its initial weights.</param>
/// <param name="half">Whether numbers are sent with 16 bits.</param>
internal sealed class Replica(KernelColumns network, bool half)
{
    /// <summary>In the place of a version: the row was changed here, so that it must be sent again.</summary>
    private const int ChangedHere = -1;

    private readonly EmbeddingTable[] _tables = [.. network.Parameters.TrainedTables];

    /// <summary>For each table, the round in which a row was as it is here.</summary>
    private readonly int[][] _versions = [.. network.Parameters.TrainedTables.Select(table => new int[table.Shape.KeyCount + 1])];

    private float[] _denseStart = [], _buffer = [];
    private float[][] _starts = [];

    /// <summary>The tables that are trained.</summary>
    internal IReadOnlyList<TableShape> Tables => [.. _tables.Select(table => table.Shape)];

    /// <summary>Says which rows are needed, and of which round they are here.</summary>
    internal void WriteNeeds(BinaryWriter writer, IReadOnlyList<TouchedRows> needed)
    {
        for (int i = 0; i < _tables.Length; i++)
        {
            writer.WriteRising(needed[i].Rows);
            foreach (int row in needed[i].Rows) writer.Write7BitEncodedInt(_versions[i][row] - ChangedHere);
        }
    }

    /// <summary>Takes the weights that were asked for.</summary>
    /// <param name="reader">What <see cref="SharedNetwork.WriteWeights"/> wrote.</param>
    /// <param name="keepsVersions">False for weights that are not those of training, as averaged ones.</param>
    internal void Take(BinaryReader reader, bool keepsVersions = true)
    {
        var parameters = network.Parameters;
        reader.ReadFloats(parameters.Values, half);
        foreach (var (_, values) in parameters.Statistics) reader.ReadFloats(values, half: false);
        int version = reader.ReadInt32();
        foreach (var (table, versions) in _tables.Zip(_versions))
        {
            int[] rows = reader.ReadRising(versions.Length);
            reader.ReadRows(table.Values, table.Dimensions, rows, half);
            foreach (int row in rows) versions[row] = keepsVersions ? version : ChangedHere;
        }
        network.Forget();
    }

    /// <summary>Keeps the weights that the next steps begin with.</summary>
    /// <param name="touched">The rows that they look up.</param>
    internal void Begin(IReadOnlyList<TouchedRows> touched)
    {
        _denseStart = [.. network.Parameters.Values];
        _starts = [.. _tables.Zip(touched, (table, rows) => Gather(table, rows.Rows, new float[rows.Rows.Length * table.Dimensions]))];
    }

    /// <summary>Gives what has changed since then.</summary>
    internal void WriteChanges(BinaryWriter writer, IReadOnlyList<TouchedRows> touched)
    {
        TensorPrimitives.Subtract(network.Parameters.Values, _denseStart, _denseStart);
        writer.WriteFloats(_denseStart, half);
        WriteStatistics(writer);
        for (int i = 0; i < _tables.Length; i++)
        {
            var (table, start) = (_tables[i], _starts[i]);
            var now = Buffer(start.Length);
            Gather(table, touched[i].Rows, now);
            TensorPrimitives.Subtract(now, start, now);
            Write(writer, touched[i]);
            writer.WriteFloats(now, half);
            foreach (int row in touched[i].Rows) _versions[i][row] = ChangedHere;
        }
    }

    /// <summary>Gives the gradients of the last batch.</summary>
    internal void WriteGradients(BinaryWriter writer, IReadOnlyList<TouchedRows> touched)
    {
        writer.WriteFloats(network.Parameters.Gradients, half);
        WriteStatistics(writer);
        foreach (var (table, rows) in _tables.Zip(touched))
        {
            // In the order of the batch there, rising here.
            int[] places = [.. Enumerable.Range(0, table.Touched.Length)], keys = table.Touched.ToArray();
            Array.Sort(keys, places);
            Write(writer, rows);
            writer.WriteRows(table.Gradients, table.Dimensions, places, half);
        }
    }

    private void WriteStatistics(BinaryWriter writer)
    {
        foreach (var (_, values) in network.Parameters.Statistics) writer.WriteFloats(values, half: false);
    }

    private static void Write(BinaryWriter writer, TouchedRows touched)
    {
        writer.WriteRising(touched.Rows);
        foreach (int count in touched.Counts) writer.Write7BitEncodedInt(count);
    }

    private static float[] Gather(EmbeddingTable table, int[] rows, float[] values)
    {
        Gather(table, rows, values.AsSpan());
        return values;
    }

    private static void Gather(EmbeddingTable table, int[] rows, Span<float> values)
    {
        for (int i = 0; i < rows.Length; i++) table.Row(rows[i]).CopyTo(values[(i * table.Dimensions)..]);
    }

    private Span<float> Buffer(int length)
    {
        if (_buffer.Length < length) _buffer = new float[length];
        return _buffer.AsSpan(0, length);
    }
}
