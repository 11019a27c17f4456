namespace MLNet.Embeddings;

/// <summary>One step of the decoder for some unfinished outputs together. Belongs to one thread; allocates nothing once its memory has grown.</summary>
internal sealed unsafe class DecoderStep(SourceEncoder source)
{
    private readonly EncoderDecoderNetwork _network = source.Network;
    private readonly int _units = source.Shape.Units, _encoded = source.Shape.EncodedSize, _classes = source.Shape.Classes;
    private readonly AlignedFloats _joined = new(), _scores = new(), _shares = new();

    /// <summary>Numbers for each class, whose softmax are the probabilities, of an output in the last step.</summary>
    internal ReadOnlySpan<float> Scores(int output) => new(_scores.Start + (nint)output * _classes, _classes);

    /// <summary>The logarithm of the sum of an output's exponential scores: a score less this is the logarithm of a probability.</summary>
    internal double LogSum(int output) => LogSumExp.Of(Scores(output));

    /// <summary>What share each token of the source had in the last step; of the only output of the step.</summary>
    internal ReadOnlySpan<float> Attention(int tokens) => _shares.Span(tokens);

    /// <summary>Takes a step: each output reads its key, and its states are replaced by the next.</summary>
    internal void Run(LiveOutputs outputs)
    {
        var layers = _network.Decoder.Layers;
        var states = outputs.States;
        layers[0].StepByKey(outputs.Keys, states[0].Start);
        for (int layer = 1; layer < layers.Length; layer++) layers[layer].Step(outputs.Count, states[layer - 1].Start, states[layer].Start);
        var top = states[^1].Span(outputs.Count * _units);
        var read = _network.Readout.Read(source.Shape.Attends ? Join(outputs.Rows, top) : top, outputs.Count);
        _network.Output.Score(read, outputs.Count, _scores.Span(outputs.Count * _classes));
    }

    /// <summary>What attention finds in the sources, and behind it the decoder's states: (outputs, encoded size + units).</summary>
    private Span<float> Join(ReadOnlySpan<int> rows, ReadOnlySpan<float> states)
    {
        int width = _encoded + _units;
        var joined = _joined.Span(rows.Length * width);
        for (int i = 0; i < rows.Length; i++)
        {
            var state = states.Slice(i * _units, _units);
            var vector = joined.Slice(i * width, width);
            LuongAttention.Attend(state, source.Memory(rows[i]), source.States(rows[i]), _shares.Span(source.Length(rows[i])), vector[.._encoded]);
            state.CopyTo(vector[_encoded..]);
        }
        return joined;
    }
}

/// <summary>Has the decoder read a given output, and says how probable that was and what it attended to. Belongs to one thread.</summary>
internal sealed class ForcedDecoder(SourceEncoder source)
{
    private readonly DecoderStep _step = new(source);
    private readonly LiveOutputs _live = new(source), _next = new(source);

    /// <summary>Reads an output.</summary>
    /// <param name="row">The encoded source that the output is of; it is not empty.</param>
    /// <param name="output">The keys of the output, without its end.</param>
    /// <param name="attention">Receives the share that each token of the source had in each of the output: (tokens, source tokens); empty if that is not
    /// wanted.</param>
    /// <param name="scores">Receives the numbers for each class before their softmax: (tokens and end, classes); empty if they are not wanted.</param>
    /// <returns>The logarithm of the output's probability, its end included.</returns>
    internal double Read(int row, ReadOnlySpan<int> output, Span<float> attention = default, Span<float> scores = default)
    {
        var (live, next) = (_live, _next);
        int classes = source.Shape.Classes, sourceTokens = source.Length(row);
        live.Clear(capacity: 1);
        live.Start(row);
        for (int token = 0; ; token++)
        {
            _step.Run(live);
            int wanted = token < output.Length ? output[token] : 0;
            double logProbability = live.LogProbability(0) + _step.Scores(0)[wanted] - _step.LogSum(0);
            if (!scores.IsEmpty) _step.Scores(0).CopyTo(scores.Slice(token * classes, classes));
            if (wanted == 0) return logProbability;

            if (!attention.IsEmpty) _step.Attention(sourceTokens).CopyTo(attention.Slice(token * sourceTokens, sourceTokens));
            next.Clear(capacity: 1);
            next.Continue(live, 0, wanted, node: -1, logProbability);
            (live, next) = (next, live);
        }
    }
}
