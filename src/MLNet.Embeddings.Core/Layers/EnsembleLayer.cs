using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A dense layer of several members at once, which share the weights: TabM (Gorishniy et al. 2024, arXiv 2410.24210, section 3.3).</summary>
/// <remarks>
/// Member j computes (x ∘ rⱼ) Wᵀ ∘ sⱼ + bⱼ. Only the first layer's r begin as random signs, all other scales as ones. The members' vectors of a row lie beside
/// each other.
/// </remarks>
internal sealed class EnsembleLayer : HeadLayer
{
    private readonly int _members, _inputs, _units;
    private readonly bool _isFirst;
    private readonly DenseLayer _dense;
    private readonly Parameter _inputScales, _outputScales, _bias;
    private float[] _scaled = [], _products = [], _scaledGradients = [];

    internal EnsembleLayer(LayerContext context, HeadShape head, int index, int inputs)
        : base(index == 0 ? inputs : inputs * head.EnsembleSize, head.HiddenUnits[index] * head.EnsembleSize)
    {
        (_members, _inputs, _units, _isFirst) = (head.EnsembleSize, inputs, head.HiddenUnits[index], index == 0);
        _dense = DenseLayer.Of(context, HeadShape.LayerWeights(index), bias: null, inputs, _units);
        _bias = context.Vector(HeadShape.LayerBias(index), Initializers.Zeros, _members, _units);
        _inputScales = context.Vector(HeadShape.InputScales(index), _isFirst ? Initializers.Signs : Initializers.Ones, _members, inputs);
        _outputScales = context.Vector(HeadShape.OutputScales(index), Initializers.Ones, _members, _units);
    }

    internal override long Products => (long)_members * _inputs * _units;

    internal override void Pack(bool backward) => _dense.Pack(backward);

    internal override void Require(int rows, Pass pass)
    {
        int vectors = rows * _members;
        if (_scaled.Length < vectors * _inputs) (_scaled, _products) = (new float[vectors * _inputs], new float[vectors * _units]);
        if (pass.IsTraining && _scaledGradients.Length < vectors * _inputs) _scaledGradients = new float[vectors * _inputs];
    }

    internal override void Forward(RowRange rows, ReadOnlySpan<float> x, Span<float> y)
    {
        Span<float> scaled = Part(_scaled, rows, _inputs), products = Part(_products, rows, _units);
        for (int i = 0, vector = 0; i < rows.Count; i++)
        {
            for (int member = 0; member < _members; member++, vector++)
                TensorPrimitives.Multiply(
                    x.Slice((_isFirst ? i : vector) * _inputs, _inputs), Of(_inputScales, member, _inputs), scaled.Slice(vector * _inputs, _inputs));
        }
        _dense.Forward(scaled, rows.Count * _members, products);
        for (int i = 0, vector = 0; i < rows.Count; i++)
        {
            for (int member = 0; member < _members; member++, vector++)
                TensorPrimitives.MultiplyAdd(
                    products.Slice(vector * _units, _units), Of(_outputScales, member, _units), Of(_bias, member, _units), y.Slice(vector * _units, _units));
        }
    }

    internal override void Backward(RowRange rows, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> yGradients, Span<float> xGradients, float[] sums)
    {
        Span<float> scaled = Part(_scaled, rows, _inputs), products = Part(_products, rows, _units), scaledGradients = Part(_scaledGradients, rows, _inputs);
        Span<float> inputSums = _inputScales.In(sums), outputSums = _outputScales.In(sums), biasSums = _bias.In(sums);
        for (int i = 0, vector = 0; i < rows.Count; i++)
        {
            for (int member = 0; member < _members; member++, vector++)
            {
                Span<float> gradient = yGradients.Slice(vector * _units, _units), outputSum = outputSums.Slice(member * _units, _units),
                    biasSum = biasSums.Slice(member * _units, _units);
                TensorPrimitives.MultiplyAdd(gradient, products.Slice(vector * _units, _units), outputSum, outputSum);
                TensorPrimitives.Add(biasSum, gradient, biasSum);
                TensorPrimitives.Multiply(gradient, Of(_outputScales, member, _units), gradient);
            }
        }
        _dense.Backward(rows.Part, scaled, rows.Count * _members, yGradients, scaledGradients, sums);
        if (_isFirst) xGradients.Clear();
        for (int i = 0, vector = 0; i < rows.Count; i++)
        {
            for (int member = 0; member < _members; member++, vector++)
            {
                var gradient = scaledGradients.Slice(vector * _inputs, _inputs);
                Span<float> inputSum = inputSums.Slice(member * _inputs, _inputs), result = xGradients.Slice((_isFirst ? i : vector) * _inputs, _inputs);
                TensorPrimitives.MultiplyAdd(gradient, x.Slice((_isFirst ? i : vector) * _inputs, _inputs), inputSum, inputSum);
                if (_isFirst) TensorPrimitives.MultiplyAdd(gradient, Of(_inputScales, member, _inputs), result, result);
                else TensorPrimitives.Multiply(gradient, Of(_inputScales, member, _inputs), result);
            }
        }
    }

    private Span<float> Part(float[] memory, RowRange rows, int width) => memory.AsSpan(rows.First * _members * width, rows.Count * _members * width);

    private static Span<float> Of(Parameter parameter, int member, int width) => parameter.Values.Slice(member * width, width);
}

/// <summary>The output layers of an ensemble's members, each with weights of its own: (rows, members, inputs) to (rows, members, outputs).</summary>
internal sealed class EnsembleOutputLayer : HeadLayer
{
    private readonly DenseLayer[] _members;
    private readonly int _inputs, _outputs;

    internal EnsembleOutputLayer(LayerContext context, HeadShape head, int inputs, int outputs) : base(inputs * head.EnsembleSize, outputs * head.EnsembleSize)
    {
        int index = head.HiddenUnits.Count;
        (_inputs, _outputs) = (inputs, outputs);
        var weights = context.Matrix(HeadShape.LayerWeights(index), Initializers.Glorot(inputs, outputs), head.EnsembleSize, outputs, inputs);
        var bias = context.Vector(HeadShape.LayerBias(index), Initializers.Zeros, head.EnsembleSize, outputs);
        _members = [.. Enumerable.Range(0, head.EnsembleSize).Select(member => new DenseLayer(context, weights, bias, inputs, outputs, member))];
    }

    internal override long Products => (long)_members.Length * _inputs * _outputs;

    internal override void Pack(bool backward)
    {
        foreach (var member in _members) member.Pack(backward);
    }

    internal override void Forward(RowRange rows, ReadOnlySpan<float> x, Span<float> y)
    {
        for (int member = 0; member < _members.Length; member++)
            _members[member].Forward(x[(member * _inputs)..], Inputs, rows.Count, y[(member * _outputs)..], Outputs);
    }

    internal override void Backward(RowRange rows, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> yGradients, Span<float> xGradients, float[] sums)
    {
        for (int member = 0; member < _members.Length; member++)
        {
            _members[member].Backward(
                rows.Part, x[(member * _inputs)..], Inputs, rows.Count, yGradients[(member * _outputs)..], Outputs, xGradients[(member * _inputs)..], Inputs,
                sums);
        }
    }
}
