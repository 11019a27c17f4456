namespace MLNet.Embeddings;

/// <summary>Has the decoder read a given output, and says how probable that was and what it attended to. Belongs to one thread.</summary>
internal sealed class ForcedDecoder(EncoderDecoderPass pass)
{
    private readonly DecoderStep _step = new(pass);
    private readonly LiveOutputs _live = new(pass), _next = new(pass);

    /// <summary>Reads an output.</summary>
    /// <param name="source">The encoded sources.</param>
    /// <param name="row">The one that the output is of; it is not empty.</param>
    /// <param name="output">The keys of the output, without its end.</param>
    /// <param name="attention">Receives the share that each token of the source had in each of the output: (tokens, source tokens); empty if that is not wanted.</param>
    /// <param name="scores">Receives the numbers for each class before their softmax: (tokens and end, classes); empty if they are not wanted.</param>
    /// <returns>The logarithm of the output's probability, its end included.</returns>
    internal double Read(SourceEncoder source, int row, ReadOnlySpan<int> output, Span<float> attention = default, Span<float> scores = default)
    {
        var (live, next) = (_live, _next);
        int classes = pass.Shape.Classes, sourceTokens = source.Length(row);
        live.Clear(capacity: 1);
        live.Start(source, row);
        for (int token = 0; ; token++)
        {
            _step.Run(source, live.Rows, live.Keys, live.States);
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
