using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>
/// Batch normalisation: each unit's values over a batch brought to mean 0 and deviation 1, then scaled and shifted; in scoring, by running statistics (Ioffe
/// and Szegedy 2015, arXiv 1502.03167), with torch's momentum of 0.1.
/// </summary>
internal sealed class BatchNormalizationLayer : HeadLayer
{
    private const double Momentum = 0.1;

    private readonly int _units, _members;
    private readonly bool _isFixed;
    private readonly Parameter _scale, _shift, _mean, _variance;
    private readonly float[] _slope, _offset, _divisors;
    private readonly double[] _sums, _products;
    private float[] _normalized = [];
    private int _estimated = -1;

    /// <inheritdoc cref="LayerNormalizationLayer" path="/param"/>
    internal BatchNormalizationLayer(LayerContext context, int index, int units, int members) : base(units * members, units * members)
    {
        (_units, _members, _isFixed) = (units, members, context.Parameters.IsFixed);
        _scale = context.Vector(HeadShape.NormScale(index), Initializers.Ones, units);
        _shift = context.Vector(HeadShape.NormShift(index), Initializers.Zeros, units);
        _mean = context.Parameters.Get(HeadShape.NormMean(index), ArrayRole.Statistic, Initializers.Zeros, units);
        _variance = context.Parameters.Get(HeadShape.NormVariance(index), ArrayRole.Statistic, Initializers.Ones, units);
        (_slope, _offset, _divisors) = (new float[units], new float[units], new float[units]);
        (_sums, _products) = (new double[units], new double[units]);
        if (_isFixed) Fold();
    }

    internal override bool SpansRows => true;

    internal override void Pack(bool backward) => Fold();

    internal override void Require(int rows, Pass pass)
    {
        if (pass.IsTraining && _normalized.Length < rows * Outputs) _normalized = new float[rows * Outputs];
    }

    /// <summary>Begins to measure the statistics anew, over the batches that pass until <see cref="EndEstimate"/>.</summary>
    internal void BeginEstimate() => _estimated = 0;

    /// <summary>Goes on with running statistics.</summary>
    internal void EndEstimate() => _estimated = -1;

    internal override void Forward(RowRange rows, ReadOnlySpan<float> x, Span<float> y)
    {
        int vectors = rows.Count * _members;
        // A batch of one row has no variance: it is taken through as in scoring.
        if (!(rows.Pass.MeasuresBatch || _estimated >= 0) || vectors == 1)
        {
            for (int i = 0; i < vectors; i++) TensorPrimitives.MultiplyAdd(x.Slice(i * _units, _units), _slope, _offset, y.Slice(i * _units, _units));
            return;
        }
        Measure(x, vectors, rows.Pass);
        for (int i = 0; i < vectors; i++)
        {
            var result = y.Slice(i * _units, _units);
            TensorPrimitives.Subtract(x.Slice(i * _units, _units), _offset, result);
            TensorPrimitives.Divide(result, _divisors, result);
            if (rows.Pass.IsTraining) result.CopyTo(_normalized.AsSpan(i * _units));
            TensorPrimitives.MultiplyAdd(result, _scale.Values, _shift.Values, result);
        }
    }

    internal override void Backward(RowRange rows, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> yGradients, Span<float> xGradients, float[] sums)
    {
        int vectors = rows.Count * _members;
        if (!rows.Pass.MeasuresBatch)
        {
            for (int i = 0; i < vectors; i++) TensorPrimitives.Multiply(yGradients.Slice(i * _units, _units), _slope, xGradients.Slice(i * _units, _units));
            return;
        }
        Span<float> scaleSums = _scale.In(sums), shiftSums = _shift.In(sums);
        if (vectors == 1)
        {
            for (int unit = 0; unit < _units; unit++)
            {
                scaleSums[unit] += (float)(
                    yGradients[unit] * (x[unit] - _mean.Values[unit]) / Math.Sqrt((double)_variance.Values[unit] + LayerNormalizationLayer.Epsilon));
                shiftSums[unit] += yGradients[unit];
                xGradients[unit] = yGradients[unit] * _slope[unit];
            }
            return;
        }
        Array.Clear(_sums);
        Array.Clear(_products);
        for (int i = 0; i < vectors; i++)
        {
            ReadOnlySpan<float> gradient = yGradients.Slice(i * _units, _units), normalized = _normalized.AsSpan(i * _units, _units);
            for (int unit = 0; unit < _units; unit++)
            {
                _sums[unit] += gradient[unit];
                _products[unit] += (double)gradient[unit] * normalized[unit];
            }
        }
        for (int unit = 0; unit < _units; unit++)
        {
            scaleSums[unit] += (float)_products[unit];
            shiftSums[unit] += (float)_sums[unit];
            (_offset[unit], _slope[unit]) = ((float)(_sums[unit] / vectors), (float)(-_products[unit] / vectors));
            _divisors[unit] = _scale.Values[unit] / _divisors[unit];
        }
        for (int i = 0; i < vectors; i++)
        {
            var result = xGradients.Slice(i * _units, _units);
            TensorPrimitives.MultiplyAdd(_normalized.AsSpan(i * _units, _units), _slope, yGradients.Slice(i * _units, _units), result);
            TensorPrimitives.Subtract(result, _offset, result);
            TensorPrimitives.Multiply(result, _divisors, result);
        }
    }

    /// <summary>Mean (in the place of the offset) and divisor of each unit over a batch, which the running statistics follow.</summary>
    private void Measure(ReadOnlySpan<float> x, int vectors, Pass pass)
    {
        Array.Clear(_sums);
        Array.Clear(_products);
        for (int i = 0; i < vectors; i++)
        {
            var values = x.Slice(i * _units, _units);
            for (int unit = 0; unit < _units; unit++) _sums[unit] += values[unit];
        }
        for (int unit = 0; unit < _units; unit++) _offset[unit] = (float)(_sums[unit] / vectors);
        for (int i = 0; i < vectors; i++)
        {
            var values = x.Slice(i * _units, _units);
            for (int unit = 0; unit < _units; unit++)
            {
                double deviation = (double)values[unit] - _offset[unit];
                _products[unit] += deviation * deviation;
            }
        }
        // The plain mean over the batches of an estimate, else a moving one.
        double share = _estimated >= 0 ? 1.0 / ++_estimated : Momentum;
        for (int unit = 0; unit < _units; unit++)
        {
            _divisors[unit] = (float)Math.Sqrt(_products[unit] / vectors + LayerNormalizationLayer.Epsilon);
            _mean.Values[unit] += (float)(share * (_offset[unit] - _mean.Values[unit]));
            _variance.Values[unit] += (float)(share * (_products[unit] / (vectors - 1) - _variance.Values[unit]));
        }
    }

    /// <summary>Slope and offset that do at once what the running statistics, the scale and the shift do.</summary>
    private void Fold()
    {
        for (int unit = 0; unit < _units; unit++)
        {
            double slope = _scale.Values[unit] / Math.Sqrt((double)_variance.Values[unit] + LayerNormalizationLayer.Epsilon);
            _slope[unit] = (float)slope;
            _offset[unit] = (float)(_shift.Values[unit] - _mean.Values[unit] * slope);
        }
    }
}
