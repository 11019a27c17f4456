namespace MLNet.Embeddings.Tests;

/// <summary>Networks of reproducible random weights and batches for them, made without any reader.</summary>
internal static class TorchCases
{
    internal static IReadOnlyList<SequenceEncoder> Encoders { get; } =
    [
        SequenceEncoder.Mean(), SequenceEncoder.Sum(), SequenceEncoder.Max(), SequenceEncoder.Attention(),
        SequenceEncoder.Gru(5), SequenceEncoder.Gru(6, layers: 3), SequenceEncoder.Gru(7, bidirectional: true),
        SequenceEncoder.Gru(4, readout: GruReadout.Mean), SequenceEncoder.Gru(5, layers: 2, bidirectional: true, dropout: 0.2, GruReadout.Max),
        SequenceEncoder.Gru(3, layers: 2, readout: GruReadout.Attention), SequenceEncoder.Gru(4, layers: 1, bidirectional: true, readout: GruReadout.Attention),
        SequenceEncoder.Lstm(5), SequenceEncoder.Lstm(6, layers: 3), SequenceEncoder.Lstm(7, bidirectional: true),
        SequenceEncoder.Lstm(4, readout: GruReadout.Mean),
        SequenceEncoder.Lstm(5, layers: 2, bidirectional: true, dropout: 0.2, GruReadout.Max),
        SequenceEncoder.Lstm(3, layers: 2, readout: GruReadout.Attention),
        SequenceEncoder.Convolution([1], filters: 3), SequenceEncoder.Convolution([3, 2], filters: 5), SequenceEncoder.Convolution([4, 9, 1], filters: 17),
    ];

    /// <summary>The encoder with nothing dropped between its layers.</summary>
    internal static SequenceEncoder WithoutDropout(SequenceEncoder encoder) => encoder switch
    {
        GruEncoder gru => gru with { Dropout = 0 },
        LstmEncoder lstm => lstm with { Dropout = 0 },
        _ => encoder,
    };

    internal static IReadOnlyList<LabelShape> Labels { get; } = [new MulticlassLabelShape("M", 3, null), new BinaryLabelShape("B"),
        new RegressionLabelShape("R", 2, 3)];

    /// <summary>Columns of every kind, a table that two of them share among them.</summary>
    internal static ColumnShape[] Columns { get; } =
    [
        new CategoryShape("category", KeyCount: 3, Dimensions: 5),
        new SequenceShape("title", KeyCount: 5, Dimensions: 3, SequenceEncoder.Gru(4, bidirectional: true)) { SharedTable = "words" },
        new SequenceShape("body", KeyCount: 5, Dimensions: 3, SequenceEncoder.Mean()) { SharedTable = "words" },
        new BagShape("bag", KeyCount: 4, Dimensions: 2, BagPooling.Sum),
        new NumberShape("standard", 2, MissingIndicator: true),
        new NumberShape("bins", 2, MissingIndicator: true, NumberEncoder.PiecewiseLinear(5, 3), [5, 1]),
        new NumberShape("waves", 2, MissingIndicator: false, NumberEncoder.Periodic(3, 4), [6, 4]),
    ];

    /// <summary>Weights between -0.8 and 0.8.</summary>
    internal static TrainedNetwork Network(int seed, HeadShape head, params ColumnShape[] columns)
    {
        var random = Networks.Random(seed, [], columns);
        var shape = new NetworkShape(columns, head, Labels, NamesLabels: true);
        var weights = shape.Weights().ToDictionary(weight => weight.Name, weight =>
            random.Weights.TryGetValue(weight.Name, out var array) && array.HasExtents(weight.Extents)
            ? array
            : new WeightArray(weight.Extents, Numbers.Random(weight.Extents.Aggregate(1, (product, extent) => product * extent), ++seed)));
        foreach (string name in head.Variances) weights[name] = weights[name] with { Values = [.. weights[name].Values.Select(value => 1.5f + value)] };
        return new TrainedNetwork(shape, weights);
    }

    /// <summary>What an engine begins with, copied: all but the scales of numbers.</summary>
    internal static Dictionary<string, InitialArray> Initial(TrainedNetwork network, params string[] frozen)
    {
        string[] scales = [.. network.Shape.Columns.OfType<NumberShape>()
            .SelectMany(column => column.Scale(network).Arrays.Select(array => column.WeightName(array.Part)))];
        return network.Weights.Where(weight => !scales.Contains(weight.Key)).ToDictionary(weight => weight.Key,
            weight => new InitialArray(weight.Value.Extents, [.. weight.Value.Values], Role(network.Shape, weight.Key, weight.Value.Extents),
                !frozen.Contains(weight.Key)));
    }

    /// <summary>Random values of each row's columns: an int (category), an int[] (sequence, bag; some empty) or a float[] (numbers).</summary>
    internal static object[][] Rows(NetworkShape shape, int count, int seed)
    {
        var random = new Random(seed);
        object Value(ColumnShape column) => column switch
        {
            CategoryShape category => random.Next(category.KeyCount + 1),
            NumberShape number => Enumerable.Range(0, number.Size).Select(_ => random.Next(5) == 0 ? float.NaN : 3 * random.NextSingle() - 1.5f).ToArray(),
            EmbeddingShape keys => Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(1, keys.KeyCount + 1)).ToArray(),
            _ => throw new NotSupportedException(),
        };
        return [.. Enumerable.Range(0, count).Select(_ => shape.Columns.Select(Value).ToArray())];
    }

    /// <summary>The rows as a batch.</summary>
    internal static RowBatch Batch(TrainedNetwork network, params object[][] rows)
    {
        var columns = new ColumnBatch[network.Shape.Columns.Count];
        foreach (var table in network.Shape.Tables)
        {
            var index = new TermIndex(table.KeyCount);
            var numbers = table.Columns.ToDictionary(column => column, column => rows.SelectMany(row => row[column] is int key ? [key] : (int[])row[column])
                .Select(index.NumberOf).ToArray());
            int[] terms = index.TakeTerms();
            foreach (int column in table.Columns)
            {
                columns[column] = network.Shape.Columns[column] is CategoryShape
                    ? new CategoryBatch(terms, numbers[column])
                    : new SequenceBatch(terms, [.. rows.Select(row => ((int[])row[column]).Length)], numbers[column]);
            }
        }
        foreach (var (i, shape) in network.Shape.Columns.Index())
        {
            if (shape is not NumberShape number) continue;
            var scale = number.Scale(network);
            float[] values = new float[rows.Length * scale.Width];
            for (int row = 0; row < rows.Length; row++)
                scale.Apply([.. ((float[])rows[row][i]).Select(number => (double)number)], values.AsSpan(row * scale.Width, scale.Width));
            columns[i] = new NumberBatch(values, scale.Width);
        }
        return new RowBatch(columns, [], [.. rows.Select(_ => 1f)]);
    }

    /// <summary>A loss that all scores have a part in, each another one: Σ sin(c + score).</summary>
    internal static double Loss(ReadOnlySpan<float> scores, RowBatch batch, int firstRow, Span<float> gradients)
    {
        double sum = 0;
        int first = firstRow * Labels.Sum(label => label.Outputs);
        for (int i = 0; i < scores.Length; i++)
        {
            sum += Math.Sin(first + i + (double)scores[i]);
            if (!gradients.IsEmpty) gradients[i] = (float)Math.Cos(first + i + (double)scores[i]) / batch.RowCount;
        }
        return sum;
    }

    internal static float[] Scores(ITrainableColumns network, RowBatch batch)
    {
        float[] scores = new float[batch.RowCount * network.Shape.Outputs];
        network.Score(batch, scores);
        return scores;
    }

    private static ArrayRole Role(NetworkShape shape, string name, int[] extents)
    {
        if (shape.Tables.Any(table => table.Name == name)) return ArrayRole.Table;
        if (name.Contains(".norm.running_", StringComparison.Ordinal)) return ArrayRole.Statistic;
        bool isLinearPart = shape.Columns.OfType<NumberShape>().Any(column => column.Encoder is PiecewiseLinearEncoder && column.LinearWeights == name);
        return extents.Length > 1 && name.Contains("weight", StringComparison.Ordinal) && !isLinearPart ? ArrayRole.Matrix : ArrayRole.Vector;
    }
}
