namespace MLNet.Embeddings;

/// <summary>The finished outputs of some sources, best first, as many of each as are wanted.</summary>
internal sealed class DecodedOutputs
{
    private (double Score, double LogProbability, int Node, int Start, int Length)[] _outputs = [];
    private int[] _counts = [], _keys = [];
    private int[] _nodeParents = [], _nodeKeys = [];
    private int _width, _nodes, _used;

    /// <summary>Forgets all outputs and makes room for those of so many sources.</summary>
    internal void Clear(int rows, int width)
    {
        (_width, _used) = (width, 0);
        if (_outputs.Length < rows * width) _outputs = new (double, double, int, int, int)[rows * width];
        if (_counts.Length < rows) _counts = new int[rows];
        Array.Clear(_counts, 0, rows);
    }

    /// <summary>Number of outputs of a source.</summary>
    internal int Count(int row) => _counts[row];

    /// <summary>The keys of an output, without its end.</summary>
    internal ReadOnlySpan<int> Keys(int row, int rank)
    {
        ref var output = ref _outputs[row * _width + rank];
        return _keys.AsSpan(output.Start, output.Length);
    }

    /// <summary>The logarithm of an output's probability, its end included.</summary>
    internal double LogProbability(int row, int rank) => _outputs[row * _width + rank].LogProbability;

    /// <summary>What outputs are ranked by.</summary>
    internal double Score(int row, int rank) => _outputs[row * _width + rank].Score;

    /// <summary>Forgets the tokens of unfinished outputs: a new search begins.</summary>
    internal void ClearNodes() => _nodes = 0;

    /// <summary>Adds a token behind those of another node; gives the node.</summary>
    internal int AddNode(int parent, int key)
    {
        if (_nodes == _nodeKeys.Length)
        {
            Array.Resize(ref _nodeKeys, Math.Max(256, 2 * _nodes));
            Array.Resize(ref _nodeParents, _nodeKeys.Length);
        }
        (_nodeParents[_nodes], _nodeKeys[_nodes]) = (parent, key);
        return _nodes++;
    }

    /// <summary>Takes a finished output in unless there are enough as good.</summary>
    /// <param name="row">The source.</param>
    /// <param name="node">The node of its last token; -1 if it has none.</param>
    /// <param name="logProbability">The logarithm of its probability.</param>
    /// <param name="score">What it is ranked by.</param>
    internal void Finish(int row, int node, double logProbability, double score)
    {
        int first = row * _width, place = _counts[row];
        if (place == _width && !(score > _outputs[first + place - 1].Score)) return;
        if (place < _width) _counts[row]++;
        else place--;
        for (; place > 0 && _outputs[first + place - 1].Score < score; place--) _outputs[first + place] = _outputs[first + place - 1];
        _outputs[first + place] = (score, logProbability, node, 0, 0);
    }

    /// <summary>Writes the keys of a source's outputs down: the search is over.</summary>
    internal void Write(int row)
    {
        for (int rank = 0; rank < _counts[row]; rank++)
        {
            ref var output = ref _outputs[row * _width + rank];
            output.Length = 0;
            for (int node = output.Node; node >= 0; node = _nodeParents[node]) output.Length++;
            output.Start = _used;
            _used += output.Length;
            if (_keys.Length < _used) Array.Resize(ref _keys, Math.Max(_used, 2 * _keys.Length));
            int place = _used;
            for (int node = output.Node; node >= 0; node = _nodeParents[node]) _keys[--place] = _nodeKeys[node];
        }
    }
}

/// <summary>The unfinished outputs of some sources after a step: their states and how probable they are. Those of one source stand together.</summary>
internal sealed unsafe class LiveOutputs(SourceEncoder source)
{
    private readonly int _units = source.Shape.Units;
    private int[] _rows = [], _keys = [], _nodes = [];
    private double[] _logProbabilities = [];

    internal int Count { get; private set; }

    /// <summary>For each output the row of its source.</summary>
    internal ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>For each output the key that is read next: that of its last token, 0 at the beginning.</summary>
    internal ReadOnlySpan<int> Keys => _keys.AsSpan(0, Count);

    /// <summary>Of each layer the states: (outputs, units).</summary>
    internal AlignedFloats[] States { get; } = [.. source.Network.Decoder.Layers.Select(_ => new AlignedFloats())];

    /// <summary>The node of an output's last token; -1 at the beginning.</summary>
    internal int Node(int output) => _nodes[output];

    /// <summary>The logarithm of an output's probability.</summary>
    internal double LogProbability(int output) => _logProbabilities[output];

    /// <summary>Forgets all outputs and makes room for so many.</summary>
    internal void Clear(int capacity)
    {
        Count = 0;
        if (_rows.Length < capacity)
            (_rows, _keys, _nodes, _logProbabilities) = (new int[capacity], new int[capacity], new int[capacity], new double[capacity]);
        foreach (var states in States) states.Require(capacity * _units);
    }

    /// <summary>Adds an output without tokens.</summary>
    internal void Start(int row)
    {
        for (int layer = 0; layer < States.Length; layer++) source.First(layer, row).CopyTo(State(layer, Count));
        Add(row, key: 0, node: -1, 0);
    }

    /// <summary>Adds an output that goes on from one of those before.</summary>
    internal void Continue(LiveOutputs before, int parent, int key, int node, double logProbability)
    {
        for (int layer = 0; layer < States.Length; layer++) before.State(layer, parent).CopyTo(State(layer, Count));
        Add(before._rows[parent], key, node, logProbability);
    }

    /// <summary>Takes back the last outputs until there are so many.</summary>
    internal void Shorten(int count) => Count = count;

    private void Add(int row, int key, int node, double logProbability)
    {
        (_rows[Count], _keys[Count], _nodes[Count], _logProbabilities[Count]) = (row, key, node, logProbability);
        Count++;
    }

    private Span<float> State(int layer, int output) => new(States[layer].Start + (nint)output * _units, _units);
}
