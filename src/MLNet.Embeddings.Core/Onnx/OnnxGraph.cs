namespace MLNet.Embeddings;

/// <summary>A graph of operators, which grows by applying them to the values that it has.</summary>
/// <param name="name">Its name.</param>
/// <param name="outer">The graph that it is a part of, whose values it may read; null for a whole one.</param>
internal sealed class OnnxGraph(string name, OnnxGraph? outer = null)
{
    private readonly Dictionary<object, string> _scalars = [];
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<(string Name, OnnxTensor Tensor)> _tensors = [];
    private readonly List<OnnxPort> _inputs = [], _outputs = [];
    private readonly HashSet<string> _names = outer?._names ?? [];

    internal string Name => name;

    internal IReadOnlyList<OnnxNode> Nodes => _nodes;

    internal IReadOnlyList<(string Name, OnnxTensor Tensor)> Tensors => _tensors;

    internal IReadOnlyList<OnnxPort> Inputs => _inputs;

    internal IReadOnlyList<OnnxPort> Outputs => _outputs;

    /// <summary>The version of ONNX's own operators: 12, the latest that ML.NET's exporter knows, unless a graph needs a later one.</summary>
    internal int OperatorVersion { get; init; } = outer?.OperatorVersion ?? 12;

    /// <summary>A value that is known by its name.</summary>
    internal OnnxValue Value(string known) => new(this, known);

    /// <summary>Declares an input.</summary>
    /// <param name="input">Its name.</param>
    /// <param name="type">Type of its elements.</param>
    /// <param name="extents">Its extents: a number, or what one that is free is called.</param>
    /// <param name="description">What it holds, for people.</param>
    internal OnnxValue Input(string input, OnnxType type, object[] extents, string? description = null)
    {
        _names.Add(input);
        _inputs.Add(new OnnxPort(input, type, extents) { Description = description });
        return Value(input);
    }

    /// <summary>Declares a value to be an output under a name of its own, with ".output" behind it where an input has that name.</summary>
    internal void Output(OnnxValue value, string output, OnnxType type, params object[] extents)
    {
        if (_inputs.Any(input => input.Name == output)) output += ".output";
        _names.Add(output);
        Add(new OnnxNode("Identity", OnnxDomains.Standard, [value.Name], [output]));
        _outputs.Add(new OnnxPort(output, type, extents));
    }

    /// <summary>A name that no value has yet, nor a column that becomes an input later.</summary>
    internal string NewName(string wish)
    {
        string given = $"/{wish}";
        for (int i = 1; !_names.Add(given); i++) given = $"/{wish}_{i}";
        return given;
    }

    /// <summary>Whether a value has this name.</summary>
    internal bool HasName(string value) => _names.Contains(value);

    /// <summary>Adds an operator that is given as it is, by a step of another library.</summary>
    internal void Add(OnnxNode node)
    {
        _names.UnionWith(node.Outputs);
        _nodes.Add(node);
    }

    /// <summary>Leaves out all that the outputs do not depend on, inputs as well.</summary>
    internal void Prune()
    {
        HashSet<string> needed = [.. _outputs.Select(output => output.Name)];
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            if (_nodes[i].Outputs.Any(needed.Contains)) needed.UnionWith(_nodes[i].Reads());
            else _nodes.RemoveAt(i);
        }
        _tensors.RemoveAll(tensor => !needed.Contains(tensor.Name));
        _inputs.RemoveAll(input => !needed.Contains(input.Name));
    }

    /// <summary>Adds an array of the model's.</summary>
    /// <param name="tensor">The array.</param>
    /// <param name="wish">What it is to be called, if nothing else is.</param>
    internal OnnxValue Constant(OnnxTensor tensor, string wish = "constant")
    {
        string given = NewName(wish);
        _tensors.Add((given, tensor));
        return Value(given);
    }

    /// <summary>Adds a vector.</summary>
    internal OnnxValue Vector<T>(params T[] values) => Constant(OnnxTensor.Of(values));

    /// <summary>A single value: the same one each time.</summary>
    internal OnnxValue Scalar<T>(T value) where T : notnull
    {
        if (!_scalars.TryGetValue(value, out string? given)) _scalars[value] = given = Constant(OnnxTensor.Scalar(value), $"{value}").Name;
        return Value(given);
    }

    /// <summary>Applies an operator of one result.</summary>
    internal OnnxValue Apply(string operation, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Apply(OnnxDomains.Standard, operation, inputs, attributes);

    /// <summary>Applies an operator of one result of another domain.</summary>
    internal OnnxValue Apply(
        string domain, string operation, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        ApplyAll(domain, operation, inputs, [true], attributes)[0];

    /// <summary>Applies an operator of several results.</summary>
    /// <param name="domain">Whose operator it is.</param>
    /// <param name="operation">Type of the operator.</param>
    /// <param name="inputs">What it is applied to; a value without name for an optional one that is not given.</param>
    /// <param name="wanted">For each result, up to the last that is wanted, whether it is.</param>
    /// <param name="attributes">Settings of the operator.</param>
    /// <returns>The results that are wanted.</returns>
    internal OnnxValue[] ApplyAll(
        string domain, string operation, ReadOnlySpan<OnnxValue> inputs, bool[] wanted, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        string[] outputs = [.. wanted.Select(isWanted => isWanted ? NewName(operation) : "")];
        string[] names = new string[inputs.Length];
        for (int i = 0; i < names.Length; i++) names[i] = inputs[i].Name;
        var node = new OnnxNode(operation, domain, names, outputs);
        foreach (var (setting, value) in attributes) node.Attributes[setting] = value is int number ? (long)number : value;
        Add(node);
        return [.. outputs.Where(output => output.Length > 0).Select(Value)];
    }

    internal ProtobufMessage ToMessage()
    {
        var graph = new ProtobufMessage();
        foreach (var (index, node) in _nodes.Index()) graph.Add(1, node.ToMessage(index));
        graph.Add(2, name);
        foreach (var (tensorName, tensor) in _tensors) graph.Add(5, tensor.ToMessage(tensorName));
        foreach (var input in _inputs) graph.Add(11, input.ToMessage());
        foreach (var output in _outputs) graph.Add(12, output.ToMessage());
        return graph;
    }
}

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Extents">Its extents: an integer, or a text that names one that is free.</param>
internal sealed record OnnxPort(string Name, OnnxType Type, IReadOnlyList<object> Extents)
{
    /// <summary>What it holds, for whoever reads the file; null for nothing to say.</summary>
    internal string? Description { get; init; }

    internal ProtobufMessage ToMessage()
    {
        var shape = new ProtobufMessage();
        foreach (object extent in Extents)
            shape.Add(1, extent is string free ? new ProtobufMessage().Add(2, free) : new ProtobufMessage().Add(1, Convert.ToInt64(extent)));
        var tensor = new ProtobufMessage().Add(1, (long)Type).Add(2, shape);
        var port = new ProtobufMessage().Add(1, Name).Add(2, new ProtobufMessage().Add(1, tensor));
        return Description is null ? port : port.Add(3, Description);
    }
}
