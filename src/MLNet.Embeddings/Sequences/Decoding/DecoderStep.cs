using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>One step of the decoder for some unfinished outputs together. Belongs to one thread; allocates nothing once its memory has grown.</summary>
internal sealed unsafe class DecoderStep(EncoderDecoderPass pass)
{
    private readonly int _units = pass.Shape.Units, _encoded = pass.Shape.EncodedSize;
    private readonly AlignedFloats _recurrent = new(), _projected = new(), _joined = new(), _read = new(), _scores = new(), _attention = new(), _exponentials = new();

    /// <summary>Numbers for each class, whose softmax are the probabilities: (outputs, classes), of the last step.</summary>
    internal ReadOnlySpan<float> Scores(int output) => new(_scores.Start + (nint)output * pass.Shape.Classes, pass.Shape.Classes);

    /// <summary>The logarithm of the sum of an output's exponential scores: a score less this is the logarithm of a probability.</summary>
    internal double LogSum(int output)
    {
        var scores = Scores(output);
        var scratch = new Span<float>(_exponentials.Require(scores.Length), scores.Length);
        float largest = TensorPrimitives.Max(scores);
        TensorPrimitives.Subtract(scores, largest, scratch);
        TensorPrimitives.Exp(scratch, scratch);
        return largest + Math.Log(TensorPrimitives.Sum<float>(scratch));
    }

    /// <summary>What share each token of the source had in the last step of an output; of the only output of the step.</summary>
    internal ReadOnlySpan<float> Attention(int tokens) => new(_attention.Start, tokens);

    /// <summary>Takes a step.</summary>
    /// <param name="source">The sources.</param>
    /// <param name="rows">For each output the row of its source.</param>
    /// <param name="keys">For each output the key that is read.</param>
    /// <param name="states">Of each layer the states, (outputs, units), which are replaced by the next.</param>
    internal void Run(SourceEncoder source, ReadOnlySpan<int> rows, ReadOnlySpan<int> keys, AlignedFloats[] states)
    {
        int count = rows.Length, readout = pass.Shape.ReadoutSize, classes = pass.Shape.Classes;
        for (int layer = 0; layer < states.Length; layer++) Recur(layer, count, keys, states);
        float* top = states[^1].Start, read = top;
        if (pass.Readout is { } weights)
        {
            float* joined = pass.Attention is null ? top : Join(source, rows, top);
            read = _read.Require(count * readout);
            MatrixProduct.Multiply(new LeftOperand(joined, weights.Inputs, 1), count, weights, [], read, readout, accumulate: false);
            Activation.Tanh(new Span<float>(read, count * readout));
        }
        MatrixProduct.Multiply(new LeftOperand(read, readout, 1), count, pass.Output, pass.OutputBias, _scores.Require(count * classes), classes, accumulate: false);
        GC.KeepAlive(this);
    }

    private void Recur(int layer, int count, ReadOnlySpan<int> keys, AlignedFloats[] states)
    {
        var gru = pass.Decoder[layer];
        int gates = 3 * _units;
        float* state = states[layer].Start, recurrent = _recurrent.Require(count * gates), projected = null;
        if (gru.Terms is { } terms) terms.Require(keys, threads: 1);
        else
        {
            projected = _projected.Require(count * gates);
            MatrixProduct.Multiply(new LeftOperand(states[layer - 1].Start, _units, 1), count, gru.InputWeights, gru.InputBias, projected, gates, accumulate: false);
        }
        MatrixProduct.Multiply(new LeftOperand(state, _units, 1), count, gru.HiddenWeights, gru.HiddenBias, recurrent, gates, accumulate: false);
        for (int i = 0; i < count; i++)
        {
            float* input = gru.Terms is null ? projected + (nint)i * gates : gru.Terms.Start + (nint)keys[i] * gates;
            Elementwise<GruCell.NextState>.Run(new GruCell.NextState(input, recurrent + (nint)i * gates, state + (nint)i * _units, _units), _units);
        }
    }

    /// <summary>The sources' states, weighted by attention, and behind them the decoder's: (outputs, encoded size + units).</summary>
    private float* Join(SourceEncoder source, ReadOnlySpan<int> rows, float* states)
    {
        int width = _encoded + _units;
        float* joined = _joined.Require(rows.Length * width);
        for (int i = 0; i < rows.Length; i++)
        {
            int tokens = source.Length(rows[i]);
            var state = new ReadOnlySpan<float>(states + (nint)i * _units, _units);
            var context = new Span<float>(joined + (nint)i * width, _encoded);
            var shares = new Span<float>(_attention.Require(tokens), tokens);
            ReadOnlySpan<float> memory = source.Memory(rows[i]), encoded = source.States(rows[i]);
            for (int token = 0; token < tokens; token++) shares[token] = TensorPrimitives.Dot(memory.Slice(token * _units, _units), state);
            Softmax.Apply(shares);
            context.Clear();
            for (int token = 0; token < tokens; token++) TensorPrimitives.MultiplyAdd(encoded.Slice(token * _encoded, _encoded), shares[token], context, context);
            state.CopyTo(new Span<float>(joined + (nint)i * width + _encoded, _units));
        }
        return joined;
    }
}
