namespace MLNet.Embeddings;

/// <summary>The unfinished outputs of some sources after a step: their states and how probable they are. Those of one source stand together.</summary>
internal sealed unsafe class LiveOutputs(EncoderDecoderPass pass)
{
    private readonly int _units = pass.Shape.Units;
    private int[] _rows = [], _keys = [], _nodes = [];
    private double[] _logProbabilities = [];

    internal int Count { get; private set; }

    /// <summary>For each output the row of its source.</summary>
    internal ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>For each output the key that is read next: that of its last token, 0 at the beginning.</summary>
    internal ReadOnlySpan<int> Keys => _keys.AsSpan(0, Count);

    /// <summary>Of each layer the states: (outputs, units).</summary>
    internal AlignedFloats[] States { get; } = [.. pass.Decoder.Select(_ => new AlignedFloats())];

    /// <summary>The node of an output's last token; -1 at the beginning.</summary>
    internal int Node(int output) => _nodes[output];

    /// <summary>The logarithm of an output's probability.</summary>
    internal double LogProbability(int output) => _logProbabilities[output];

    /// <summary>Forgets all outputs and makes room for so many.</summary>
    internal void Clear(int capacity)
    {
        Count = 0;
        if (_rows.Length < capacity) (_rows, _keys, _nodes, _logProbabilities) = (new int[capacity], new int[capacity], new int[capacity], new double[capacity]);
        foreach (var states in States) states.Require(capacity * _units);
    }

    /// <summary>Adds an output without tokens.</summary>
    internal void Start(SourceEncoder source, int row)
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
