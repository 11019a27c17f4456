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

    internal static double[] Encode(TrainedNetwork network, ColumnShape column, object value) => column switch
    {
        CategoryShape category => Row(network, category.Table, category.Dimensions, (int)value),
        BagShape bag => Bag(network, bag, [.. ((int[])value).Where(key => key > 0)]),
        NumberShape number => Numbers(network, number, (float[])value),
        SequenceShape sequence => Sequence(network, sequence, [.. ((int[])value).Where(key => key > 0)]),
        _ => throw new NotSupportedException(),
    };

    private static double[] Numbers(TrainedNetwork network, NumberShape shape, float[] numbers)
    {
        double[] scaled = [.. numbers.Select((number, i) => Scaled(network, shape, i, number))];
        var vectors = scaled.SelectMany((number, i) => Encode(network, shape, i, number));
        return [.. shape.MissingIndicator ? vectors.Concat(numbers.Select(number => float.IsNaN(number) ? 1.0 : 0.0)) : vectors];
    }

    private static double Scaled(TrainedNetwork network, NumberShape shape, int index, float number)
    {
        double[] Doubles(string name) => network.Doubles(name, shape.IsDouble);
        if (shape.Encoder is StandardEncoder) return float.IsNaN(number) ? 0 : (number - Doubles(shape.Mean)[index]) / network[shape.Deviation][index];
        int first = shape.KnotCounts.Take(index).Sum(), last = first + shape.KnotCounts[index] - 1;
        double[] knots = Doubles(shape.Knots);
        double Knot(int knot) => knots[knot];
        double Height(int knot) => shape.Encoder is PiecewiseLinearEncoder ? knot - first : network[shape.Heights][knot];
        double value = Math.Clamp(float.IsNaN(number) ? Doubles(shape.Fill)[index] : number, Knot(first), Knot(last));
        double scaled = Height(first);
        for (int knot = first; knot < last; knot++)
            scaled += (Height(knot + 1) - Height(knot)) * Math.Clamp((value - Knot(knot)) / (Knot(knot + 1) - Knot(knot)), 0, 1);
        return scaled;
    }

    private static double[] Encode(TrainedNetwork network, NumberShape shape, int index, double number)
    {
        if (shape.Encoder is PeriodicEncoder { Frequencies: var frequencies, Dimensions: var waveDimensions })
        {
            double[] angles = [.. Row(network, shape.Frequencies, frequencies, index).Select(frequency => 2 * Math.PI * frequency * number)];
            double[] waves = [.. angles.Select(Math.Cos), .. angles.Select(Math.Sin)];
            return [.. Row(network, shape.LinearBias, waveDimensions, index).Select((bias, i) => Math.Max(0,
                bias + Row(network, shape.LinearWeights, 2 * frequencies, index * waveDimensions + i).Zip(waves, (weight, wave) => weight * wave).Sum()))];
        }
        if (shape.Encoder is not PiecewiseLinearEncoder { Dimensions: var dimensions }) return [number];
        int bins = shape.BinCounts[index], first = shape.BinCounts.Take(index).Sum();
        double standardised = (number - bins / 2.0) * Math.Sqrt(12) / Math.Max(1, bins);
        return [.. Enumerable.Range(0, dimensions).Select(i =>
            standardised * Row(network, shape.LinearWeights, dimensions, index)[i] + Row(network, shape.LinearBias, dimensions, index)[i] +
            Enumerable.Range(0, bins).Sum(bin => Math.Clamp(number - bin, 0, 1) * Row(network, shape.BinWeights, dimensions, first + bin)[i]))];
    }

    private static double[] Bag(TrainedNetwork network, BagShape shape, int[] keys)
    {
        double[][] vectors = [.. keys.Select(key => Row(network, shape.Table, shape.Dimensions, key))];
        double divisor = shape.Pooling == BagPooling.Mean ? Math.Max(keys.Length, 1) : 1;
        return [.. Enumerable.Range(0, shape.Dimensions).Select(i => vectors.Sum(vector => vector[i]) / divisor)];
    }

    private static double[] Sequence(TrainedNetwork network, SequenceShape shape, int[] keys)
    {
        double[][] terms = [.. keys.Select(key => Row(network, shape.Table, shape.Dimensions, key))];
        if (terms.Length == 0) return new double[shape.OutputSize];
        if (shape.Encoder is PoolingEncoder { Pooling: var kind }) return Pool(network, shape, kind, terms);
        if (shape.Encoder is ConvolutionEncoder) return [.. shape.Convolutions.SelectMany(convolution => Convolve(network, convolution, terms))];
        var states = shape.RecurrentLayers.Aggregate(terms, (below, layer) => States(network, layer, below));
        if (((RecurrentEncoder)shape.Encoder).Pooling is { } pooling) return Pool(network, shape, pooling, states);
        int units = ((RecurrentEncoder)shape.Encoder).Units;
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

    /// <summary>The largest output of each filter over all windows of neighbouring terms, zeros behind what is shorter than a window.</summary>
    private static IEnumerable<double> Convolve(TrainedNetwork network, ConvolutionShape convolution, double[][] terms)
    {
        double[] values = [.. terms.SelectMany(term => term), .. new double[Math.Max(0, convolution.Width - terms.Length) * convolution.Inputs]];
        double[][] windows = [.. Enumerable.Range(0, Math.Max(1, terms.Length - convolution.Width + 1))
            .Select(start => values.AsSpan(start * convolution.Inputs, convolution.Width * convolution.Inputs).ToArray())];
        double[][] outputs = [.. windows.Select(window => Plus(Times(network, convolution.Weight, window), network, convolution.Bias))];
        return Enumerable.Range(0, convolution.Filters).Select(filter => Math.Max(0, outputs.Max(output => output[filter])));
    }

    /// <summary>The states of a layer after each token, those of its directions side by side.</summary>
    private static double[][] States(TrainedNetwork network, RecurrentShape[] layer, double[][] tokens)
    {
        double[][] states = [.. tokens.Select(_ => Array.Empty<double>())];
        foreach (var direction in layer)
        {
            double[] state = new double[direction.Units], cell = new double[direction.Units];
            for (int i = 0; i < tokens.Length; i++)
            {
                int token = direction.Reversed ? tokens.Length - 1 - i : i;
                if (direction.IsLstm) (state, cell) = LstmStep(network, direction, state, cell, tokens[token]);
                else state = GruStep(network, direction, state, tokens[token]);
                states[token] = [.. states[token], .. state];
            }
        }
        return states;
    }

    private static (double[] State, double[] Cell) LstmStep(TrainedNetwork network, RecurrentShape lstm, double[] state, double[] cell, double[] term)
    {
        int units = state.Length;
        double[] gates = [.. Plus(Times(network, lstm.InputWeights, term), network, lstm.InputBias)
            .Zip(Plus(Times(network, lstm.HiddenWeights, state), network, lstm.HiddenBias), (input, recurrent) => input + recurrent)];
        double[] next = [.. cell.Select((value, i) => Sigmoid(gates[units + i]) * value + Sigmoid(gates[i]) * Math.Tanh(gates[2 * units + i]))];
        return ([.. next.Select((value, i) => Sigmoid(gates[3 * units + i]) * Math.Tanh(value))], next);
    }

    private static double[] GruStep(TrainedNetwork network, RecurrentShape gru, double[] state, double[] term)
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
