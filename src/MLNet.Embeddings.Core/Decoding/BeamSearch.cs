namespace MLNet.Embeddings;

/// <summary>Finds the best outputs of sources step by step; many sources take their steps together. Belongs to one thread.</summary>
/// <remarks>
/// Each step extends all unfinished outputs of a source by every term, keeps the most probable ones, as many as the beam is wide, and finishes those of them
/// that
/// end. A source is done when no unfinished output can become better than the finished ones that are wanted: with a beam of one, when the first ends, which is
/// greedy search. An output of the greatest length is ended there. Of equally probable ones the first in the beam goes before the others, then the one of the
/// lower key. Graves 2012 (arXiv 1211.3711, algorithm 1); the bound is that of Huang et al. 2017 (EMNLP, "When to Finish?").
/// </remarks>
internal sealed class BeamSearch
{
    /// <summary>Scores of classes that are in memory together.</summary>
    private const int ScoresAtOnce = 1 << 20;

    private readonly SourceEncoder _source;
    private readonly DecodingSettings _settings;
    private readonly DecoderStep _step;
    private readonly Candidates _candidates;
    private readonly int _rowsAtOnce;
    private LiveOutputs _live, _next;

    /// <param name="source">Encodes the sources.</param>
    /// <param name="settings">How outputs are searched for.</param>
    internal BeamSearch(SourceEncoder source, DecodingSettings settings)
    {
        (_source, _settings) = (source, settings);
        (_step, _live, _next) = (new(source), new(source), new(source));
        _candidates = new Candidates(2 * settings.Width);
        _rowsAtOnce = (int)Math.Max(1, ScoresAtOnce / ((long)settings.Width * source.Shape.Classes));
    }

    /// <summary>What was found of the last sources.</summary>
    internal DecodedOutputs Outputs { get; } = new();

    /// <summary>Finds the outputs of sources; an empty source has none.</summary>
    /// <param name="keys">The keys of all sources.</param>
    /// <param name="starts">Where in these each one's begin; behind the last one, where they end.</param>
    internal void Run(ReadOnlySpan<int> keys, ReadOnlySpan<int> starts)
    {
        int rows = starts.Length - 1;
        Outputs.Clear(rows, _settings.Count);
        for (int first = 0; first < rows; first += _rowsAtOnce)
        {
            int count = Math.Min(_rowsAtOnce, rows - first);
            Search(keys, starts.Slice(first, count + 1), first);
            for (int row = first; row < first + count; row++) Outputs.Write(row);
        }
    }

    private void Search(ReadOnlySpan<int> keys, ReadOnlySpan<int> starts, int firstRow)
    {
        int capacity = (starts.Length - 1) * _settings.Width;
        _source.Encode(keys, starts);
        Outputs.ClearNodes();
        _live.Clear(capacity);
        for (int row = 0; row < starts.Length - 1; row++)
        {
            if (_source.Length(row) > 0) _live.Start(row);
        }
        for (int length = 0; _live.Count > 0; length++)
        {
            _step.Run(_live);
            _next.Clear(capacity);
            for (int start = 0, end; start < _live.Count; start = end)
            {
                for (end = start + 1; end < _live.Count && _live.Rows[end] == _live.Rows[start]; end++) { }
                Choose(start, end, canGoOn: length < _settings.MaxLength);
                Continue(firstRow + _live.Rows[start], length);
            }
            (_live, _next) = (_next, _live);
        }
    }

    /// <summary>Finds the most probable next tokens of a source's outputs.</summary>
    private void Choose(int start, int end, bool canGoOn)
    {
        _candidates.Clear();
        int firstTerm = _source.Shape.HasUnknown ? 2 : 1;
        for (int output = start; output < end; output++)
        {
            var scores = _step.Scores(output);
            double before = _live.LogProbability(output) - _step.LogSum(output);
            _candidates.Add(before + scores[0], output, 0);
            if (!canGoOn) continue;
            for (int key = firstTerm; key < scores.Length; key++) _candidates.Add(before + scores[key], output, key);
        }
    }

    /// <summary>Finishes what ends and keeps what goes on, unless the source is done.</summary>
    private void Continue(int row, int length)
    {
        int kept = _next.Count;
        for (int rank = 0; rank < _candidates.Count && _next.Count - kept < _settings.Width; rank++)
        {
            var (logProbability, parent, key) = _candidates[rank];
            if (key != 0) _next.Continue(_live, parent, key, Outputs.AddNode(_live.Node(parent), key), logProbability);
            else if (rank < _settings.Width) Outputs.Finish(row, _live.Node(parent), logProbability, _settings.Score(logProbability, length));
        }
        if (Outputs.Count(row) == _settings.Count && (_settings.Width == 1 || _next.Count > kept && IsDone(row, _next.LogProbability(kept))))
            _next.Shorten(kept);
    }

    private bool IsDone(int row, double bestUnfinished) => _settings.Bound(bestUnfinished) <= Outputs.Score(row, _settings.Count - 1);
}

/// <summary>The most probable ways to go on with the unfinished outputs of one source, best first.</summary>
internal sealed class Candidates(int capacity)
{
    private readonly (double LogProbability, int Parent, int Key)[] _items = new (double, int, int)[capacity];

    internal int Count { get; private set; }

    /// <summary>What a further one must be better than.</summary>
    internal double Threshold => Count < capacity ? double.NegativeInfinity : _items[Count - 1].LogProbability;

    internal (double LogProbability, int Parent, int Key) this[int index] => _items[index];

    internal void Clear() => Count = 0;

    /// <summary>Takes one in unless there are enough as good. Of equal ones the first comes first.</summary>
    internal void Add(double logProbability, int parent, int key)
    {
        if (!(logProbability > Threshold)) return;
        if (Count < capacity) Count++;
        int place = Count - 1;
        for (; place > 0 && _items[place - 1].LogProbability < logProbability; place--) _items[place] = _items[place - 1];
        _items[place] = (logProbability, parent, key);
    }
}
