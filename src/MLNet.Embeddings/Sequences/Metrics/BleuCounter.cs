namespace MLNet.Embeddings;

/// <summary>Counts what BLEU is made of (Papineni et al. 2002): runs of one to four tokens, and lengths, over all rows.</summary>
internal sealed class BleuCounter
{
    private const int LongestRun = 4;

    private readonly long[] _right = new long[LongestRun], _runs = new long[LongestRun];
    private readonly Dictionary<(int, int, int, int), int> _counts = [];
    private long _outputTokens, _targetTokens;

    internal void Add(ReadOnlySpan<int> output, ReadOnlySpan<int> target)
    {
        _outputTokens += output.Length;
        _targetTokens += target.Length;
        for (int length = 1; length <= LongestRun && length <= output.Length; length++)
        {
            _counts.Clear();
            for (int start = 0; start + length <= target.Length; start++)
            {
                var run = Run(target.Slice(start, length));
                _counts[run] = _counts.GetValueOrDefault(run) + 1;
            }
            for (int start = 0; start + length <= output.Length; start++)
            {
                // A run counts as right as often as the target has it, and no more ("clipped").
                var run = Run(output.Slice(start, length));
                _runs[length - 1]++;
                if (_counts.GetValueOrDefault(run) is not (> 0 and var left)) continue;
                _counts[run] = left - 1;
                _right[length - 1]++;
            }
        }
    }

    internal double Value
    {
        get
        {
            if (_right.Contains(0)) return 0;
            double logPrecision = _right.Zip(_runs, (right, runs) => Math.Log((double)right / runs)).Average();
            double logPenalty = Math.Min(0, 1 - (double)_targetTokens / _outputTokens);
            return Math.Exp(logPrecision + logPenalty);
        }
    }

    /// <summary>A run as a key; no token is 0.</summary>
    private static (int, int, int, int) Run(ReadOnlySpan<int> tokens) =>
        (tokens[0], tokens.Length > 1 ? tokens[1] : 0, tokens.Length > 2 ? tokens[2] : 0, tokens.Length > 3 ? tokens[3] : 0);
}
