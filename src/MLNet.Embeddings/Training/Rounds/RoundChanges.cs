using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>What the workers of a round changed, or their gradients, put together one after the other.</summary>
/// <param name="parameters">The arrays that are trained.</param>
/// <param name="areGradients">Whether they are gradients: their means are those over the rows of all workers, also of a table's row that some touched.</param>
/// <param name="half">Whether numbers are sent with 16 bits.</param>
internal sealed class RoundChanges(TrainableParameters parameters, bool areGradients, bool half)
{
    private readonly float[] _one = new float[parameters.Values.Length];
    private readonly float[][] _statistics = [.. parameters.Statistics.Select(statistic => new float[statistic.Values.Length])];
    private float[] _buffer = [];
    private double _weight;

    /// <summary>What all steps of the round cost, weighted.</summary>
    internal double Loss { get; private set; }

    /// <summary>The weights of their rows.</summary>
    internal double LossWeight { get; private set; }

    /// <summary>The steps of the worker that took the most.</summary>
    internal int Steps { get; private set; }

    /// <summary>The mean over the rows of all workers.</summary>
    internal float[] Dense { get; } = new float[parameters.Values.Length];

    /// <summary>Of each table the rows that were touched.</summary>
    internal IReadOnlyList<TouchedSums> Tables { get; } = [.. parameters.TrainedTables.Select(table => new TouchedSums(table, areGradients))];

    /// <summary>Forgets the last round.</summary>
    internal void Clear()
    {
        (_weight, Loss, LossWeight, Steps) = (0, 0, 0, 0);
        Array.Clear(Dense);
        foreach (float[] sums in _statistics) Array.Clear(sums);
        foreach (var table in Tables) table.Clear();
    }

    /// <summary>Adds what a worker sent.</summary>
    /// <param name="reader">What <see cref="Replica.WriteChanges"/> or <see cref="Replica.WriteGradients"/> wrote, behind the head of the worker.</param>
    internal void Add(BinaryReader reader)
    {
        int rows = reader.ReadInt32(), steps = reader.ReadInt32();
        Loss += reader.ReadDouble();
        LossWeight += reader.ReadDouble();
        if (steps == 0) return;
        Steps = Math.Max(Steps, steps);
        _weight += rows;
        reader.ReadFloats(_one, half);
        TensorPrimitives.MultiplyAdd(_one, rows, Dense, Dense);
        foreach (float[] sums in _statistics)
        {
            var values = Buffer(sums.Length);
            reader.ReadFloats(values, half: false);
            TensorPrimitives.MultiplyAdd(values, rows, sums, sums);
        }
        foreach (var table in Tables)
        {
            int[] touched = reader.ReadRising(table.RowCount), counts = new int[touched.Length];
            for (int i = 0; i < counts.Length; i++) counts[i] = reader.Read7BitEncodedInt();
            var values = Buffer(touched.Length * table.Dimensions);
            reader.ReadFloats(values, half);
            table.Add(touched, counts, steps, rows, values);
        }
    }

    /// <summary>Makes means of the sums.</summary>
    internal void Complete()
    {
        if (_weight == 0) return;
        float share = (float)(1 / _weight);
        TensorPrimitives.Multiply(Dense, share, Dense);
        foreach (var (sums, statistic) in _statistics.Zip(parameters.Statistics)) TensorPrimitives.Multiply(sums, share, statistic.Values);
        foreach (var table in Tables) table.Complete(share, Steps);
    }

    private Span<float> Buffer(int length)
    {
        if (_buffer.Length < length) _buffer = new float[length];
        return _buffer.AsSpan(0, length);
    }
}

/// <summary>Sums over the rows of a table that the workers of a round touched.</summary>
/// <remarks>
/// Of changes, the mean is over as many workers as touched the row at a time, which are fewer than those that touched it at all: where two took a rare row up
/// in different steps, it moves by both of their changes, as it would in one process.
/// </remarks>
/// <param name="table">The table.</param>
/// <param name="areGradients">Whether they are sums of gradients; else of changes.</param>
internal sealed class TouchedSums(EmbeddingTable table, bool areGradients)
{
    // The place of a row among those that were touched, from 1.
    private readonly int[] _places = new int[table.Shape.KeyCount + 1];
    private readonly List<int> _rows = [];

    // Of each, the steps of all workers that touched it, and the share of the round's steps in which none did, as if they were drawn.
    private readonly List<double> _steps = [], _untouched = [];
    private float[] _sums = [];

    internal EmbeddingTable Table => table;

    internal int RowCount => _places.Length;

    internal int Dimensions => table.Dimensions;

    /// <summary>The rows that were touched, in no order.</summary>
    internal ReadOnlySpan<int> Rows => CollectionsMarshal.AsSpan(_rows);

    /// <summary>Their means: (touched, dimensions).</summary>
    internal Span<float> Means => _sums.AsSpan(0, _rows.Count * Dimensions);

    internal Span<float> MeanOf(int place) => _sums.AsSpan(place * Dimensions, Dimensions);

    internal void Clear()
    {
        foreach (int row in _rows) _places[row] = 0;
        Means.Clear();
        _rows.Clear();
        _steps.Clear();
        _untouched.Clear();
    }

    /// <param name="rows">The rows that a worker touched.</param>
    /// <param name="counts">In how many of its steps.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="weight">The rows of the worker's batches.</param>
    /// <param name="values">What it sent of each.</param>
    internal void Add(int[] rows, int[] counts, int steps, double weight, ReadOnlySpan<float> values)
    {
        float factor = areGradients ? (float)weight : 1;
        for (int i = 0; i < rows.Length; i++)
        {
            int place = PlaceOf(rows[i]);
            _steps[place] += counts[i];
            _untouched[place] *= 1 - (double)counts[i] / steps;
            var sum = MeanOf(place);
            TensorPrimitives.MultiplyAdd(values.Slice(i * Dimensions, Dimensions), factor, sum, sum);
        }
    }

    /// <param name="share">One over the rows of all workers.</param>
    /// <param name="steps">Steps of the round.</param>
    internal void Complete(float share, int steps)
    {
        if (areGradients)
        {
            TensorPrimitives.Multiply(Means, share, Means);
            return;
        }
        for (int place = 0; place < _rows.Count; place++)
        {
            double workers = Math.Max(1, _steps[place] / (steps * (1 - _untouched[place])));
            TensorPrimitives.Multiply(MeanOf(place), (float)(1 / workers), MeanOf(place));
        }
    }

    private int PlaceOf(int row)
    {
        if (_places[row] > 0) return _places[row] - 1;
        _rows.Add(row);
        _steps.Add(0);
        _untouched.Add(1);
        if (_sums.Length < _rows.Count * Dimensions) Array.Resize(ref _sums, Math.Max(16, 2 * _rows.Count) * Dimensions);
        return (_places[row] = _rows.Count) - 1;
    }
}
