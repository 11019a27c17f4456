namespace MLNet.Embeddings;

/// <summary>What stands between the columns' vectors and the scores: layers, one after the other.</summary>
internal sealed class Head
{
    /// <summary>Fewer products than these are not worth another thread in scoring.</summary>
    private const int ProductsPerThread = 1_000_000;

    private readonly HeadLayer[] _layers;

    /// <summary>
    /// For each layer where its outputs and their gradients lie, behind the columns' vectors and theirs; the same memory for layers in place.
    /// </summary>
    private readonly float[][] _values, _gradients;

    internal Head(LayerContext context, NetworkShape shape)
    {
        _layers = [.. LayersOf(context, shape)];
        _values = [.. Enumerable.Repeat(Array.Empty<float>(), _layers.Length + 1)];
        _gradients = [.. Enumerable.Repeat(Array.Empty<float>(), _layers.Length + 1)];
        Products = Math.Max(1, _layers.Sum(layer => layer.Products));
        Statistics = [.. _layers.OfType<BatchNormalizationLayer>()];
    }

    /// <summary>Values of a row that go in: the columns' vectors one after the other.</summary>
    internal int Inputs => _layers[0].Inputs;

    /// <summary>Values of a row that come out: for each member of an ensemble, the network's outputs.</summary>
    internal int Outputs => _layers[^1].Outputs;

    /// <summary>The layers that keep running statistics.</summary>
    internal IReadOnlyList<BatchNormalizationLayer> Statistics { get; }

    /// <summary>Products that a row takes.</summary>
    internal long Products { get; }

    /// <summary>How many rows are worth a thread in scoring.</summary>
    internal int RowsPerThread => (int)Math.Min(int.MaxValue, 1 + ProductsPerThread / Products);

    /// <summary>Layers that are run after each other, of which each part of a batch may run all without waiting for others: where they begin and end.</summary>
    /// <param name="pass">The pass.</param>
    internal IEnumerable<Range> Stretches(Pass pass)
    {
        int start = 0;
        for (int i = 0; i < _layers.Length; i++)
        {
            if (!SpansRows(i, pass)) continue;
            if (i > start) yield return start..i;
            yield return i..(i + 1);
            start = i + 1;
        }
        if (start < _layers.Length) yield return start.._layers.Length;
    }

    /// <summary>Whether a layer must see all rows of a batch at once.</summary>
    internal bool SpansRows(int layer, Pass pass) => _layers[layer].SpansRows && (pass.IsTraining || IsEstimating);

    /// <summary>Whether running statistics are measured anew.</summary>
    internal bool IsEstimating { get; set; }

    internal void Pack(bool backward)
    {
        foreach (var layer in _layers) layer.Pack(backward);
    }

    /// <summary>Makes room for so many rows.</summary>
    internal void Require(int rows, Pass pass)
    {
        Require(_values, rows);
        if (pass.IsTraining) Require(_gradients, rows);
        foreach (var layer in _layers) layer.Require(rows, pass);
    }

    /// <summary>Where the columns write the vectors of some rows: (rows, inputs).</summary>
    internal Span<float> InputsOf(int first, int count) => _values[0].AsSpan(first * Inputs, count * Inputs);

    /// <summary>The gradients of these.</summary>
    internal Span<float> InputGradientsOf(int first, int count) => _gradients[0].AsSpan(first * Inputs, count * Inputs);

    /// <summary>What came out for some rows: (rows, outputs).</summary>
    internal Span<float> OutputsOf(int first, int count) => _values[^1].AsSpan(first * Outputs, count * Outputs);

    /// <summary>What the output layer read of a row: for each member of an ensemble, the last hidden vector.</summary>
    internal ReadOnlySpan<float> HiddenOf(int row) => _values[^2].AsSpan(row * _layers[^1].Inputs, _layers[^1].Inputs);

    /// <summary>Where the loss writes the gradients of these.</summary>
    internal Span<float> OutputGradientsOf(int first, int count) => _gradients[^1].AsSpan(first * Outputs, count * Outputs);

    /// <summary>Runs some layers.</summary>
    internal void Forward(Range layers, RowRange rows)
    {
        var (start, count) = layers.GetOffsetAndLength(_layers.Length);
        for (int i = start; i < start + count; i++)
            _layers[i].Forward(rows, Part(_values, i, rows, _layers[i].Inputs), Part(_values, i + 1, rows, _layers[i].Outputs));
    }

    /// <summary>Runs some layers from the last to the first.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="sums">What gradients of dense parameters are added to.</param>
    internal void Backward(Range layers, RowRange rows, float[] sums)
    {
        var (start, count) = layers.GetOffsetAndLength(_layers.Length);
        for (int i = start + count - 1; i >= start; i--)
        {
            var layer = _layers[i];
            layer.Backward(
                rows, Part(_values, i, rows, layer.Inputs), Part(_values, i + 1, rows, layer.Outputs),
                Part(_gradients, i + 1, rows, layer.Outputs), Part(_gradients, i, rows, layer.Inputs), sums);
        }
    }

    private static Span<float> Part(float[][] memory, int index, RowRange rows, int width) => memory[index].AsSpan(rows.First * width, rows.Count * width);

    private void Require(float[][] memory, int rows)
    {
        if (memory[0].Length < (long)rows * Inputs) memory[0] = new float[checked(rows * Inputs)];
        for (int i = 0; i < _layers.Length; i++)
        {
            if (_layers[i].IsInPlace) memory[i + 1] = memory[i];
            else if (memory[i + 1].Length < (long)rows * _layers[i].Outputs) memory[i + 1] = new float[checked(rows * _layers[i].Outputs)];
        }
    }

    private static IEnumerable<HeadLayer> LayersOf(LayerContext context, NetworkShape shape)
    {
        var head = shape.Head;
        int members = head.EnsembleSize, inputs = shape.CombinedSize;
        if (head.Combination != ColumnCombination.Concatenate) yield return new CombineLayer(context, shape);
        for (int i = 0; i < head.HiddenUnits.Count; i++)
        {
            int units = head.HiddenUnits[i];
            yield return members > 1
                ? new EnsembleLayer(context, head, i, inputs)
                : new LinearLayer(DenseLayer.Of(context, HeadShape.LayerWeights(i), HeadShape.LayerBias(i), inputs, units));
            if (head.Normalization == Normalization.Layer) yield return new LayerNormalizationLayer(context, i, units, members);
            if (head.Normalization == Normalization.Batch) yield return new BatchNormalizationLayer(context, i, units, members);
            yield return new ActivationLayer(units * members, head.Activation, context.Dropout.Next());
            inputs = units;
        }
        yield return members > 1
            ? new EnsembleOutputLayer(context, head, inputs, shape.Outputs)
            : new LinearLayer(
                DenseLayer.Of(context, HeadShape.LayerWeights(head.HiddenUnits.Count), HeadShape.LayerBias(head.HiddenUnits.Count), inputs, shape.Outputs));
    }
}
