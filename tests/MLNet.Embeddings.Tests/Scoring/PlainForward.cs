namespace MLNet.Embeddings.Tests;

/// <summary>The forward pass in double precision and plain loops, written from the formulas: what the fast one is held against.</summary>
internal static class PlainForward
{
    /// <param name="network">The network.</param>
    /// <param name="values">For each column an int (category), an int[] with padding (sequence) or a float[] (numbers).</param>
    internal static double Score(TrainedNetwork network, params object[] values)
    {
        double[] vector = [.. network.Shape.Columns.Zip(values, (column, value) => Encode(network, column, value)).SelectMany(part => part)];
        for (int i = 0; i < network.Shape.Head.LayerCount; i++)
        {
            vector = Plus(Times(network, HeadShape.LayerWeights(i), vector), network, HeadShape.LayerBias(i));
            if (i < network.Shape.Head.LayerCount - 1) vector = [.. vector.Select(value => Math.Max(value, 0))];
        }
        return vector[0];
    }

    private static double[] Encode(TrainedNetwork network, ColumnShape column, object value) => column switch
    {
        CategoryShape category => Row(network, category.Table, category.Dimensions, (int)value),
        NumberShape number => Numbers(network, number, (float[])value),
        SequenceShape sequence => Sequence(network, sequence, [.. ((int[])value).Where(key => key > 0)]),
        _ => throw new NotSupportedException(),
    };

    private static double[] Numbers(TrainedNetwork network, NumberShape shape, float[] numbers)
    {
        var standardised = numbers.Select((number, i) => float.IsNaN(number) ? 0 : ((double)number - network[shape.Mean][i]) / network[shape.Deviation][i]);
        var missing = numbers.Select(number => float.IsNaN(number) ? 1.0 : 0.0);
        return [.. shape.MissingIndicator ? standardised.Concat(missing) : standardised];
    }

    private static double[] Sequence(TrainedNetwork network, SequenceShape shape, int[] keys)
    {
        double[][] terms = [.. keys.Select(key => Row(network, shape.Table, shape.Dimensions, key))];
        if (terms.Length == 0) return new double[shape.OutputSize];
        if (shape.Encoder is PoolingEncoder { Pooling: var kind }) return Pool(network, shape, kind, terms);
        var states = shape.GruLayers.Aggregate(terms, (below, layer) => GruStates(network, layer, below));
        if (((GruEncoder)shape.Encoder).Pooling is { } pooling) return Pool(network, shape, pooling, states);
        int units = ((GruEncoder)shape.Encoder).Units;
        return [.. states[^1][..units], .. states[0][units..]];
    }

    private static double[] Pool(TrainedNetwork network, SequenceShape shape, SequencePooling kind, double[][] vectors)
    {
        double[] shares = new double[vectors.Length];
        if (kind == SequencePooling.Attention) shares = Attention(network, shape, vectors);
        return [.. Enumerable.Range(0, vectors[0].Length).Select(i => kind switch
        {
            SequencePooling.Mean => vectors.Average(vector => vector[i]),
            SequencePooling.Sum => vectors.Sum(vector => vector[i]),
            SequencePooling.Max => vectors.Max(vector => vector[i]),
            _ => vectors.Zip(shares, (vector, share) => share * vector[i]).Sum(),
        })];
    }

    private static double[] Attention(TrainedNetwork network, SequenceShape shape, double[][] vectors)
    {
        double Score(double[] vector) =>
            Plus(Times(network, shape.WeightName("attention.weight"), vector), network, shape.WeightName("attention.bias"))
                .Select((hidden, i) => Math.Tanh(hidden) * network[shape.WeightName("attention.query")][i]).Sum();
        double[] exponentials = [.. vectors.Select(vector => Math.Exp(Score(vector)))];
        return [.. exponentials.Select(exponential => exponential / exponentials.Sum())];
    }

    /// <summary>The states of a layer after each token, those of its directions side by side.</summary>
    private static double[][] GruStates(TrainedNetwork network, GruShape[] layer, double[][] tokens)
    {
        double[][] states = [.. tokens.Select(_ => Array.Empty<double>())];
        foreach (var gru in layer)
        {
            double[] state = new double[gru.Units];
            for (int i = 0; i < tokens.Length; i++)
            {
                int token = gru.Reversed ? tokens.Length - 1 - i : i;
                state = GruStep(network, gru, state, tokens[token]);
                states[token] = [.. states[token], .. state];
            }
        }
        return states;
    }

    private static double[] GruStep(TrainedNetwork network, GruShape gru, double[] state, double[] term)
    {
        int units = state.Length;
        double[] input = Plus(Times(network, gru.InputWeights, term), network, gru.InputBias);
        double[] recurrent = Plus(Times(network, gru.HiddenWeights, state), network, gru.HiddenBias);
        double[] next = new double[units];
        for (int i = 0; i < units; i++)
        {
            double reset = Sigmoid(input[i] + recurrent[i]);
            double update = Sigmoid(input[units + i] + recurrent[units + i]);
            double candidate = Math.Tanh(input[2 * units + i] + reset * recurrent[2 * units + i]);
            next[i] = (1 - update) * candidate + update * state[i];
        }
        return next;
    }

    private static double[] Row(TrainedNetwork network, string table, int dimensions, int key) =>
        [.. network[table].Slice(key * dimensions, dimensions).ToArray().Select(value => (double)value)];

    private static double[] Times(TrainedNetwork network, string weights, double[] vector)
    {
        var array = network.Weights[weights];
        double[] product = new double[array.Extents[0]];
        for (int row = 0; row < product.Length; row++)
        {
            for (int i = 0; i < vector.Length; i++) product[row] += array.Values[row * vector.Length + i] * vector[i];
        }
        return product;
    }

    private static double[] Plus(double[] vector, TrainedNetwork network, string bias) =>
        [.. vector.Select((value, i) => value + network.Weights[bias].Values[i])];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
