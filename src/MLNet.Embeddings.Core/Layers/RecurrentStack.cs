using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Layers of a recurrent network over sequences of keys, each of which gives the states after all tokens: an encoder, or a decoder.</summary>
/// <remarks>
/// The rows of an encoder begin with zeros, and the states that they end with are its edge. The rows of a decoder begin with given states, which are its
/// edge. Keeps
/// what backward needs, so one forward may be in flight.
/// </remarks>
internal sealed class RecurrentStack
{
    private readonly bool _continues;
    private readonly int _units;
    private readonly DropoutPlace _termDropout;
    private readonly DropoutPlace[] _dropouts;
    private readonly RaggedRows _terms = new();
    private readonly AlignedFloats _vectors = new(), _gradients = new(), _gradientsBelow = new();
    private readonly AlignedFloats[] _states, _edges, _edgeGradients;

    /// <param name="context">What the layers of the network share.</param>
    /// <param name="column">The sequences.</param>
    /// <param name="table">The table of their keys.</param>
    /// <param name="continues">True for a decoder.</param>
    internal RecurrentStack(LayerContext context, SequenceShape column, TableShape table, bool continues)
    {
        Table = context.Add(table);
        Layers = [.. column.RecurrentLayers.Select((layer, i) => new RecurrentLayer(context, layer, everyState: true, i == 0 ? Table : null))];
        (_continues, _units) = (continues, column.RecurrentLayers.First()[0].Units);
        _termDropout = context.Dropout.Next();
        _dropouts = [.. Layers.Skip(1).Select(_ => context.Dropout.Next())];
        (_states, _edges, _edgeGradients) = (Memory(), Memory(), Memory());

        AlignedFloats[] Memory() => [.. Layers.Select(_ => new AlignedFloats())];
    }

    internal EmbeddingTable Table { get; }

    internal RecurrentLayer[] Layers { get; }

    /// <summary>Length of a state of a layer, that of both directions together.</summary>
    internal int Width => Layers[0].Width;

    /// <summary>The rows that were read last.</summary>
    internal RaggedRows Rows { get; } = new();

    /// <summary>The states of the last layer: (tokens, width).</summary>
    internal Span<float> Results => States(Layers.Length - 1);

    /// <summary>The states that a layer's rows end or begin with: (rows, width).</summary>
    internal Span<float> Edge(int layer, int rows) => _edges[layer].Span(rows * Width);

    /// <summary>The gradients of these: those of a decoder are there after its backward, those of an encoder have to be there before.</summary>
    internal Span<float> EdgeGradients(int layer, int rows) => _edgeGradients[layer].Span(rows * Width);

    /// <summary>Lays the weights out as they are now.</summary>
    internal void Pack(bool backward)
    {
        foreach (var layer in Layers) layer.Pack(backward);
    }

    /// <summary>Reads a batch, none of whose rows is empty.</summary>
    internal void Forward(SequenceBatch batch, Pass pass)
    {
        Table.LookUp(batch.Terms, pass.IsTraining);
        _terms.Set(batch.Lengths, batch.TermOfToken, batch.Terms.Length);
        Rows.Set(batch.Lengths);
        ReadOnlySpan<float> vectors = Vectors(pass);
        Layers[0].Forward(_terms, vectors, States(0), pass.IsTraining, Starts(0));
        ForwardAbove(pass);
    }

    /// <summary>The same for rows of keys of a fixed table, of which some may be empty: these have an edge of zeros.</summary>
    internal void ForwardByKey(ReadOnlySpan<int> lengths, ReadOnlySpan<int> keys)
    {
        _terms.Set(lengths, keys, Table.Shape.KeyCount + 1);
        Rows.Set(lengths);
        Layers[0].ForwardByKey(_terms, keys, States(0));
        ForwardAbove(Pass.Scoring);
    }

    /// <summary>Adds the gradients of all parameters that follow from those of the results, which are overwritten.</summary>
    internal void Backward(Span<float> gradients, Pass pass, float[] sums)
    {
        var (memory, other) = (_gradients, _gradientsBelow);
        for (int layer = Layers.Length - 1; layer > 0; layer--)
        {
            var below = Cleared(memory, Rows.Tokens * Width);
            if (!_continues) AddEdgeGradients(gradients, layer);
            Layers[layer].Backward(gradients, States(layer - 1), below, sums, StartGradients(layer));
            _dropouts[layer - 1].Apply(below, 0, pass);
            gradients = below;
            (memory, other) = (other, memory);
        }
        if (!_continues) AddEdgeGradients(gradients, 0);
        var vectors = Vectors(pass, again: true);
        var vectorGradients = Cleared(memory, Table.IsTrained ? vectors.Length : 0);
        Layers[0].Backward(gradients, vectors, vectorGradients, sums, StartGradients(0));
        _termDropout.Apply(vectorGradients, 0, pass);
        TensorPrimitives.Add(Table.Gradients, vectorGradients, Table.Gradients);
    }

    /// <summary>The layers above the first. What they read is dropped in place, after the states of the edge were taken.</summary>
    private void ForwardAbove(Pass pass)
    {
        if (!_continues) TakeEdge(0);
        for (int layer = 1; layer < Layers.Length; layer++)
        {
            var below = States(layer - 1);
            _dropouts[layer - 1].Apply(below, 0, pass);
            Layers[layer].Forward(Rows, below, States(layer), pass.IsTraining, Starts(layer));
            if (!_continues) TakeEdge(layer);
        }
    }

    /// <summary>The state after each row's last token; of the direction that reads backward, that after its first.</summary>
    private void TakeEdge(int layer)
    {
        ReadOnlySpan<float> states = States(layer);
        var edge = Edge(layer, Rows.Count);
        for (int row = 0; row < Rows.Count; row++)
        {
            var last = edge.Slice(row * Width, Width);
            last.Clear();
            if (Rows.Length(row) == 0) continue;
            states.Slice((Rows.Start(row + 1) - 1) * Width, _units).CopyTo(last);
            if (Width > _units) states.Slice(Rows.Start(row) * Width + _units, _units).CopyTo(last[_units..]);
        }
    }

    /// <summary>Adds the gradients of the edge of a layer to those of its states.</summary>
    private void AddEdgeGradients(Span<float> gradients, int layer)
    {
        ReadOnlySpan<float> edge = EdgeGradients(layer, Rows.Count);
        for (int row = 0; row < Rows.Count; row++)
        {
            var forward = gradients.Slice((Rows.Start(row + 1) - 1) * Width, _units);
            TensorPrimitives.Add(forward, edge.Slice(row * Width, _units), forward);
            if (Width == _units) continue;
            var backward = gradients.Slice(Rows.Start(row) * Width + _units, _units);
            TensorPrimitives.Add(backward, edge.Slice(row * Width + _units, _units), backward);
        }
    }

    private Span<float> States(int layer) => _states[layer].Span(Rows.Tokens * Width);

    private ReadOnlySpan<float> Starts(int layer) => _continues ? Edge(layer, Rows.Count) : [];

    private Span<float> StartGradients(int layer) => _continues ? Cleared(_edgeGradients[layer], Rows.Count * Width) : [];

    /// <summary>The vectors last looked up, of which values are dropped in training.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="again">True if they were already.</param>
    private ReadOnlySpan<float> Vectors(Pass pass, bool again = false)
    {
        var vectors = Table.Vectors();
        if (!pass.IsTraining || _termDropout.IsEmpty) return vectors;
        var dropped = _vectors.Span(vectors.Length);
        if (again) return dropped;
        vectors.CopyTo(dropped);
        _termDropout.Apply(dropped, 0, pass);
        return dropped;
    }

    private static Span<float> Cleared(AlignedFloats memory, int length)
    {
        var span = memory.Span(length);
        span.Clear();
        return span;
    }
}
