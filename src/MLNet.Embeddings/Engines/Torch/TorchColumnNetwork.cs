using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace MLNet.Embeddings;

/// <summary>The network over columns in torch's own operations: see <see cref="NetworkShape"/> for what it computes.</summary>
internal sealed class TorchColumnNetwork : TorchNetwork, ITrainableColumns
{
    // torch's defaults (torch.nn.BatchNorm1d, torch.nn.LayerNorm).
    private const double Momentum = 0.1, Epsilon = 1e-5;

    private readonly TableShape[] _tables;
    private readonly TorchSequenceEncoder?[] _sequences;
    private readonly double _dropout;

    // How the next batch is computed: whether values are dropped, and by how much its statistics move the running ones; null to normalise by those.
    private bool _drops;
    private double? _momentum;

    internal TorchColumnNetwork(NetworkShape shape, IReadOnlyDictionary<string, InitialArray> arrays, EngineSettings settings, Device device)
        : base(arrays, settings, device)
    {
        (Shape, _dropout) = (shape, settings.Dropout);
        _tables = [.. shape.Tables];
        _sequences = [.. shape.Columns.Select(column => column switch
        {
            SequenceShape sequence => TorchSequenceEncoder.Of(sequence, Arrays),
            BagShape bag => new TorchPooling(bag.SequencePooling, bag.WeightName(""), Arrays),
            _ => null,
        })];
    }

    public NetworkShape Shape { get; }

    public bool HasStatistics => Shape.Head.Normalization == Normalization.Batch && Shape.Head.HiddenUnits.Count > 0;

    public override bool Pads => Shape.Columns.Any(column => column is SequenceShape);

    public double Learn(RowBatch batch, BatchLoss loss) => WithGradients(() =>
    {
        (_drops, _momentum) = (true, Momentum);
        var output = Forward(batch); // (rows, outputs); (members, rows, outputs) of an ensemble
        float[] scores = TorchArrays.Floats(output), gradients = new float[scores.Length];
        int members = Shape.Head.EnsembleSize, each = scores.Length / members;
        double sum = 0;
        for (int start = 0; start < scores.Length; start += each) sum += loss(scores.AsSpan(start, each), batch, 0, gradients.AsSpan(start, each));
        output.backward([TorchArrays.Tensor(gradients, output.shape, Arrays.Device).Times(1.0 / members)]);
        return sum / members;
    });

    public void Score(RowBatch batch, Span<float> scores)
    {
        float[] output = [];
        (_drops, _momentum) = (false, null);
        WithoutGradients(() => output = TorchArrays.Floats(Shape.Head.EnsembleSize > 1 ? Forward(batch).transpose(0, 1) : Forward(batch)));
        int outputs = Shape.Outputs, stride = Shape.Head.EnsembleSize * outputs;
        if (stride == outputs)
        {
            output.CopyTo(scores);
            return;
        }
        for (int row = 0; row < batch.RowCount; row++)
            MemberAverage.Of(Shape.Labels, output.AsSpan(row * stride, stride), scores.Slice(row * outputs, outputs));
    }

    /// <summary>Makes the running statistics of batch normalisation the means of those of some batches with the weights as they are, as in
    /// torch.optim.swa_utils.update_bn.</summary>
    /// <remarks>For averaged weights, to which the statistics of training do not belong. Those are back when the average is disposed. Nothing is
    /// dropped.</remarks>
    /// <param name="batches">The batches; none changes nothing.</param>
    public void EstimateStatistics(IEnumerable<RowBatch> batches)
    {
        if (Shape.Head.Normalization != Normalization.Batch) return;
        int count = 0;
        foreach (var batch in batches.Where(HasVariance))
        {
            (_drops, _momentum) = (false, 1.0 / ++count);
            WithoutGradients(() => Forward(batch));
        }
    }

    private bool HasVariance(RowBatch batch) => batch.RowCount * Shape.Head.EnsembleSize > 1;

    private Tensor Forward(RowBatch batch)
    {
        if (!HasVariance(batch)) _momentum = null;
        var rows = _tables.ToDictionary(table => table.Name, table => Arrays.LookUp(table.Name, batch.TermsOf(table.Columns[0])));
        Tensor[] vectors = [.. Shape.Columns.Select((column, i) => Encode(column, batch.Columns[i], _sequences[i], rows))];
        return Head(Combine(vectors));
    }

    /// <summary>A column's vectors: (rows, output size).</summary>
    private Tensor Encode(ColumnShape column, ColumnBatch batch, TorchSequenceEncoder? encoder, Dictionary<string, Tensor> tables)
    {
        if (batch is NumberBatch numbers)
            return Encode((NumberShape)column, TorchArrays.Tensor(numbers.Values, [numbers.Values.Length / numbers.Width, numbers.Width], Arrays.Device));
        var terms = tables[((EmbeddingShape)column).Table];
        if (batch is CategoryBatch category) return TorchArrays.Gather(terms, TorchArrays.Index(category.TermOfRow, Arrays.Device));

        var (_, lengths, termOfToken) = (SequenceBatch)batch;
        if (termOfToken.Length == 0) return zeros(lengths.Length, column.OutputSize, float32, Arrays.Device);
        var padded = new PaddedSequences(lengths, termOfToken, Arrays.Device);
        var vectors = padded.Spread(encoder!.Encode(padded.Pad(terms), padded, _drops));
        return column is SequenceShape ? Drop(vectors) : vectors;
    }

    /// <param name="shape">The column.</param>
    /// <param name="values">The numbers on their scale, and indicators of missing ones behind them.</param>
    private Tensor Encode(NumberShape shape, Tensor values)
    {
        Tensor numbers = values.narrow(1, 0, shape.Size), indicators = values.narrow(1, shape.Size, values.shape[1] - shape.Size);
        return shape.Encoder switch
        {
            PiecewiseLinearEncoder => cat([PiecewiseLinear(shape, numbers).flatten(1), indicators], 1),
            PeriodicEncoder => cat([Periodic(shape, numbers).flatten(1), indicators], 1),
            _ => values,
        };
    }

    /// <summary>w s + b + Σ Wⱼ clamp(x - j, 0, 1) over the bins j of each number x, where s is x standardised: (rows, numbers, dimensions).</summary>
    private Tensor PiecewiseLinear(NumberShape shape, Tensor numbers)
    {
        Tensor weights = Arrays[shape.BinWeights], linear = Arrays[shape.LinearWeights], bias = Arrays[shape.LinearBias];
        int[] bins = shape.BinCounts;
        long first = 0;
        return stack(bins.Select((count, i) =>
        {
            var number = numbers.narrow(1, i, 1); // (rows, 1)
            var (origin, slope) = PiecewiseLinearEncoding.Standardization(count);
            var vectors = (number.Times(slope).Plus(origin) * linear[i]).Plus(bias[i]);
            if (count == 0) return vectors;
            var filled = (number - TorchNumbers.Range(count, Arrays.Device)).Within(0, 1); // (rows, bins)
            first += count;
            return vectors.Plus(filled.matmul(weights.narrow(0, first - count, count)));
        }), 1);
    }

    /// <summary>relu(W [cos 2πcx, sin 2πcx] + b) of each number x: (rows, numbers, dimensions).</summary>
    private Tensor Periodic(NumberShape shape, Tensor numbers)
    {
        var angles = numbers.unsqueeze(2).Times(2 * Math.PI) * Arrays[shape.Frequencies]; // (rows, numbers, frequencies)
        var waves = cat([angles.cos(), angles.sin()], 2).transpose(0, 1); // (numbers, rows, 2 frequencies)
        return waves.bmm(Arrays[shape.LinearWeights].transpose(1, 2)).transpose(0, 1).Plus(Arrays[shape.LinearBias]).relu();
    }

    /// <summary>One vector of those of the columns: (rows, combined size).</summary>
    private Tensor Combine(Tensor[] vectors)
    {
        if (Shape.Head.Combination == ColumnCombination.Concatenate) return cat(vectors, 1);
        var projected = Shape.Columns.Zip(vectors, (column, vector) => Shape.IsProjected(column)
            ? linear(vector, Arrays[NetworkShape.ProjectionWeights(column)], Arrays[NetworkShape.ProjectionBias(column)])
            : vector);
        return projected.Aggregate((left, right) => Shape.Head.Combination == ColumnCombination.Add ? left.Plus(right) : left * right);
    }

    /// <summary>The dense layers. Members of an ensemble share weights: (x ∘ r) Wᵀ ∘ s + b, Gorishniy et al. 2024 (arXiv 2410.24210).</summary>
    private Tensor Head(Tensor values)
    {
        bool hasMembers = Shape.Head.EnsembleSize > 1;
        int last = Shape.Head.HiddenUnits.Count;
        if (hasMembers) values = values.unsqueeze(0); // (members, rows, inputs), members being 1 at first
        for (int i = 0; i <= last; i++)
        {
            Tensor weights = Arrays[HeadShape.LayerWeights(i)], bias = Arrays[HeadShape.LayerBias(i)];
            if (!hasMembers) values = linear(values, weights, bias);
            else if (i == last) values = values.matmul(weights.transpose(1, 2)).Plus(bias.unsqueeze(1));
            else values = ((values * Member(HeadShape.InputScales(i))).matmul(weights.t()) * Member(HeadShape.OutputScales(i))).Plus(bias.unsqueeze(1));
            if (i < last) values = Drop(Activate(Normalize(values, i)));
        }
        return values;
    }

    private Tensor Normalize(Tensor values, int layer)
    {
        if (Shape.Head.Normalization == Normalization.None) return values;
        Tensor scale = Arrays[HeadShape.NormScale(layer)], shift = Arrays[HeadShape.NormShift(layer)];
        if (Shape.Head.Normalization == Normalization.Layer) return layer_norm(values, [values.shape[^1]], scale, shift, Epsilon);
        Tensor mean = Arrays[HeadShape.NormMean(layer)], variance = Arrays[HeadShape.NormVariance(layer)];
        return batch_norm(values.flatten(0, -2), mean, variance, scale, shift, _momentum is not null, _momentum ?? Momentum, Epsilon).view(values.shape);
    }

    private Tensor Activate(Tensor values) => Shape.Head.Activation switch
    {
        ActivationFunction.Relu => values.relu(),
        ActivationFunction.Silu => silu(values),
        ActivationFunction.Tanh => values.tanh(),
        _ => values.sigmoid(),
    };

    /// <summary>An array of each member, for all rows: (members, 1, values).</summary>
    private Tensor Member(string name) => Arrays[name].unsqueeze(1);

    private Tensor Drop(Tensor values) => dropout(values, _dropout, _drops);
}
