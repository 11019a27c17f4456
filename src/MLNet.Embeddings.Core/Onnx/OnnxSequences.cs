using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>Sequences and bags of keys in a graph.</summary>
internal static class OnnxSequences
{
    private const float Lowest = -1e30f;

    /// <summary>The vector of a bag, rows × dimensions: see <see cref="BagLayer"/>.</summary>
    internal static OnnxValue Bag(OnnxArrays arrays, BagShape shape, bool isPadded, OnnxKeys keys) =>
        Pooled(arrays, shape.SequencePooling, Terms.Of(arrays, shape, isPadded, keys), column: null);

    /// <summary>The vector of a sequence, rows × the size of its encoder's: see <see cref="SequenceEncoderLayer"/>.</summary>
    internal static OnnxValue Vector(OnnxArrays arrays, SequenceShape shape, bool isPadded, OnnxKeys keys)
    {
        var terms = Terms.Of(arrays, shape, isPadded, keys);
        return shape.Encoder switch
        {
            PoolingEncoder { Pooling: var pooling } => Pooled(arrays, pooling, terms, shape),
            ConvolutionEncoder => Convolution(arrays, shape, terms),
            RecurrentEncoder => Recurrent(arrays, shape, terms),
            _ => throw new UnreachableException($"{shape.Encoder}"),
        };
    }

    private static OnnxValue Pooled(OnnxArrays arrays, SequencePooling pooling, Terms terms, SequenceShape? column)
    {
        var vectors = terms.Vectors;
        switch (pooling)
        {
            case SequencePooling.Sum: return vectors.Reduce("Sum", 1);
            case SequencePooling.Mean: return vectors.Reduce("Sum", 1) / terms.Counts;
            case SequencePooling.Max:
                var lowest = arrays.Graph.Scalar(Lowest);
                return terms.OrZero(vectors.If(terms.IsTerm.Reshape(0, 0, 1), lowest).Reduce("Max", 1));
            default:
                var hidden = (vectors.Apply("MatMul", arrays.Transposed(column!.AttentionWeights)) + arrays[column.AttentionBias]).Apply("Tanh");
                var scores = hidden.Apply("MatMul", arrays[column.AttentionQuery]).If(terms.IsTerm, arrays.Graph.Scalar(Lowest));
                var shares = arrays.Graph.Apply("Softmax", [scores], ("axis", -1L));
                return terms.OrZero((vectors * shares.Reshape(0, 0, 1)).Reduce("Sum", 1));
        }
    }

    private static OnnxValue Convolution(OnnxArrays arrays, SequenceShape shape, Terms terms)
    {
        var graph = arrays.Graph;
        var lines = terms.Vectors.Transpose(0, 2, 1);
        var places = terms.Keys.Transpose(1, 0).Places();
        OnnxValue[] vectors = [.. shape.Convolutions.Select(Best)];
        return vectors.Length == 1 ? vectors[0] : vectors[0].Concat(1, vectors.AsSpan(1));

        OnnxValue Best(ConvolutionShape convolution)
        {
            int width = convolution.Width, inputs = convolution.Inputs;
            var kernels = arrays.Get(convolution.Weight, ".kernels", () => OnnxTensor.Of(Kernels(convolution), convolution.Filters, inputs, width));
            var windows = graph.Apply("Conv", [lines, kernels, arrays[convolution.Bias]], ("pads", new[] { 0L, width - 1 }));
            // A row that is shorter than the window has one, filled up with zeros.
            var last = (terms.Lengths - width).Apply("Max", graph.Scalar(0L)).Reshape(-1, 1);
            var isWindow = !(places > last);
            return terms.OrZero(windows.If(isWindow.Reshape(0, 1, -1), graph.Scalar(Lowest)).Reduce("Max", 2).Apply("Relu"));
        }

        float[] Kernels(ConvolutionShape convolution)
        {
            var weights = arrays.Values(convolution.Weight);
            int width = convolution.Width, inputs = convolution.Inputs;
            float[] kernels = new float[weights.Length];
            for (int i = 0; i < weights.Length; i++) kernels[i / (width * inputs) * (width * inputs) + i % inputs * width + i / inputs % width] = weights[i];
            return kernels;
        }
    }

    private static OnnxValue Recurrent(OnnxArrays arrays, SequenceShape shape, Terms terms)
    {
        var graph = arrays.Graph;
        var lengths = terms.Lengths.Apply("Max", graph.Scalar(1L)).Cast(OnnxType.Int32);
        var inputs = terms.Vectors.Transpose(1, 0, 2);
        RecurrentShape[][] layers = [.. shape.RecurrentLayers];
        OnnxValue last = default;
        for (int i = 0; i < layers.Length; i++)
        {
            long width = layers[i].Length * layers[i][0].Units;
            bool isLast = i == layers.Length - 1 && shape.Readout is null;
            var (states, ends) = OnnxRecurrence.Of(arrays, layers[i], inputs, lengths, wantsStates: !isLast);
            if (isLast) last = ends.Transpose(1, 0, 2).Reshape(0, width);
            else inputs = states.Transpose(0, 2, 1, 3).Reshape(0, 0, width);
        }
        // A row without terms has a state nevertheless.
        return terms.OrZero(shape.Readout is { } pooling ? Pooled(arrays, pooling, terms with { Vectors = inputs.Transpose(1, 0, 2) }, shape) : last);
    }

    /// <summary>The terms of rows.</summary>
    /// <param name="Keys">Rows × places, 0 behind the last.</param>
    /// <param name="Lengths">How many each row has.</param>
    /// <param name="Vectors">Rows × places × dimensions, zeros behind the last.</param>
    private sealed record Terms(OnnxValue Keys, OnnxValue Lengths, OnnxValue Vectors)
    {
        internal static Terms Of(OnnxArrays arrays, EmbeddingShape shape, bool isPadded, OnnxKeys keys)
        {
            var (matrix, lengths) = keys.Padded;
            // A table that a category shares has a vector of the missing value at the place of the padding.
            var vectors = arrays[shape.Table].At(matrix);
            if (!isPadded) vectors = vectors * (!matrix.Is(0)).Cast(OnnxType.Single).Reshape(0, 0, 1);
            return new Terms(matrix, lengths, vectors);
        }

        internal OnnxValue IsTerm => !Keys.Is(0);

        /// <summary>How many terms each row has, and 1 where it has none.</summary>
        internal OnnxValue Counts => Lengths.Apply("Max", Lengths.Graph.Scalar(1L)).Cast(OnnxType.Single).Reshape(-1, 1);

        /// <summary>Vectors of rows, zeros for rows without terms.</summary>
        internal OnnxValue OrZero(OnnxValue vectors) => vectors * (Lengths > Lengths.Graph.Scalar(0L)).Cast(OnnxType.Single).Reshape(-1, 1);
    }
}
