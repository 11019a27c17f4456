using System.Globalization;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>A graph of operators, which grows by applying them to the values that it has.</summary>
/// <param name="name">Its name.</param>
/// <param name="outer">The graph that it is a part of, whose values it may read; null for a whole one.</param>
internal sealed class OnnxGraph(string name, OnnxGraph? outer = null)
{
    private readonly Dictionary<object, OnnxValue> _known = [];
    private readonly Dictionary<string, int> _wishes = [];
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
        // Counted on, as there may be thousands of one wish.
        int count = _wishes.GetValueOrDefault(wish);
        string given = count == 0 ? $"/{wish}" : $"/{wish}_{count}";
        for (; !_names.Add(given); given = $"/{wish}_{count}") count++;
        _wishes[wish] = count + 1;
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

    /// <summary>Takes names, of columns that may become inputs, for no other value.</summary>
    internal void Reserve(IEnumerable<string> names) => _names.UnionWith(names);

    /// <summary>Leaves out all that some values do not depend on, inputs as well, and puts the others in order.</summary>
    internal void Prune(IEnumerable<OnnxValue> kept, IList<string> order)
    {
        HashSet<string> needed = [.. kept.Select(value => value.Name)];
        foreach (var node in _nodes.AsEnumerable().Reverse())
        {
            if (node.Outputs.Any(needed.Contains)) needed.UnionWith(node.Reads());
        }
        _nodes.RemoveAll(node => !node.Outputs.Any(needed.Contains));
        _tensors.RemoveAll(tensor => !needed.Contains(tensor.Name));
        _inputs.RemoveAll(input => !needed.Contains(input.Name));
        _inputs.Sort((one, other) => order.IndexOf(one.Name) - order.IndexOf(other.Name));
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

    /// <summary>Adds a vector: the same one each time, if it is one number.</summary>
    internal OnnxValue Vector<T>(params T[] values) where T : notnull =>
        values is [var only] ? Once((only, 1), () => OnnxTensor.Of(values), "constant") : Constant(OnnxTensor.Of(values));

    /// <summary>A single value: the same one each time.</summary>
    internal OnnxValue Scalar<T>(T value) where T : notnull =>
        Once(value, () => OnnxTensor.Scalar(value), string.Create(CultureInfo.InvariantCulture, $"{value}"));

    private OnnxValue Once(object key, Func<OnnxTensor> make, string wish)
    {
        if (!_known.TryGetValue(key, out var value)) _known[key] = value = Constant(make(), wish);
        return value;
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

/// <summary>An operator that is applied to values.</summary>
/// <param name="Operation">Type of the operator.</param>
/// <param name="Domain">Whose operator it is: one of <see cref="OnnxDomains"/>.</param>
/// <param name="Inputs">Names of what it is applied to; empty for an optional input that is not given.</param>
/// <param name="Outputs">Names of the results; empty for one that is not wanted.</param>
internal sealed record OnnxNode(string Operation, string Domain, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    private const int SingleKind = 1, IntegerKind = 2, TextKind = 3, GraphKind = 5, SinglesKind = 6, IntegersKind = 7, TextsKind = 8;

    /// <summary>Settings of the operator: long, float, string, an array of such, or an <see cref="OnnxGraph"/>.</summary>
    internal Dictionary<string, object> Attributes { get; } = [];

    /// <summary>Names of all values that it reads, those inside of its graphs included.</summary>
    internal IEnumerable<string> Reads() =>
        Inputs.Concat(Attributes.Values.OfType<OnnxGraph>().SelectMany(graph => graph.Nodes).SelectMany(node => node.Reads()));

    internal ProtobufMessage ToMessage(int index)
    {
        var node = new ProtobufMessage();
        foreach (string input in Inputs) node.Add(1, input);
        foreach (string output in Outputs) node.Add(2, output);
        node.Add(3, $"{Operation} {index}").Add(4, Operation);
        foreach (var (name, value) in Attributes) node.Add(5, ToMessage(name, value));
        return Domain.Length == 0 ? node : node.Add(7, Domain);
    }

    private static ProtobufMessage ToMessage(string name, object value)
    {
        var attribute = new ProtobufMessage().Add(1, name);
        switch (value)
        {
            case long number: return attribute.Add(3, number).Add(20, IntegerKind);
            case float number: return attribute.Add(2, number).Add(20, SingleKind);
            case string text: return attribute.Add(4, text).Add(20, TextKind);
            case OnnxGraph graph: return attribute.Add(6, graph.ToMessage()).Add(20, GraphKind);
            case long[] numbers: return attribute.AddPacked(8, numbers).Add(20, IntegersKind);
            case float[] numbers:
                foreach (float number in numbers) attribute.Add(7, number);
                return attribute.Add(20, SinglesKind);
            default:
                foreach (string text in (string[])value) attribute.Add(9, Encoding.UTF8.GetBytes(text));
                return attribute.Add(20, TextsKind);
        }
    }
}

/// <summary>A value of a graph, and what can be computed of it: each call adds an operator.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Name">Its name in the graph.</param>
internal readonly record struct OnnxValue(OnnxGraph Graph, string Name)
{
    public static OnnxValue operator +(OnnxValue left, OnnxValue right) => left.Apply("Add", right);

    public static OnnxValue operator -(OnnxValue left, OnnxValue right) => left.Apply("Sub", right);

    public static OnnxValue operator *(OnnxValue left, OnnxValue right) => left.Apply("Mul", right);

    public static OnnxValue operator /(OnnxValue left, OnnxValue right) => left.Apply("Div", right);

    public static OnnxValue operator +(OnnxValue left, long right) => left + left.Graph.Scalar(right);

    public static OnnxValue operator -(OnnxValue left, long right) => left - left.Graph.Scalar(right);

    public static OnnxValue operator *(OnnxValue left, long right) => left * left.Graph.Scalar(right);

    public static OnnxValue operator /(OnnxValue left, long right) => left / left.Graph.Scalar(right);

    public static OnnxValue operator %(OnnxValue left, long right) => left.Apply("Mod", left.Graph.Scalar(right));

    public static OnnxValue operator &(OnnxValue left, OnnxValue right) => left.Apply("And", right);

    public static OnnxValue operator |(OnnxValue left, OnnxValue right) => left.Apply("Or", right);

    public static OnnxValue operator !(OnnxValue value) => value.Apply("Not");

    public static OnnxValue operator >(OnnxValue left, OnnxValue right) => left.Apply("Greater", right);

    public static OnnxValue operator <(OnnxValue left, OnnxValue right) => left.Apply("Less", right);

    /// <summary>Applies an operator of one result to this value and others.</summary>
    internal OnnxValue Apply(string operation, params ReadOnlySpan<OnnxValue> others) => Graph.Apply(operation, [this, .. others]);

    internal OnnxValue Is(OnnxValue other) => Apply("Equal", other);

    internal OnnxValue Is(long number) => Is(Graph.Scalar(number));

    /// <summary>The same values as numbers of another type.</summary>
    internal OnnxValue Cast(OnnxType type) => Graph.Apply("Cast", [this], ("to", (long)type));

    /// <summary>The entries, along the first axis, at indices.</summary>
    internal OnnxValue At(OnnxValue indices) => Apply("Gather", indices);

    /// <summary>The entries along the first axis for which a condition holds.</summary>
    internal OnnxValue Where(OnnxValue condition) => Graph.Apply("Compress", [this, condition], ("axis", 0L));

    /// <summary>For each element of a condition, this one's or another's.</summary>
    internal OnnxValue If(OnnxValue condition, OnnxValue otherwise) => Graph.Apply("Where", [condition, this, otherwise]);

    /// <summary>The indices of those elements of a vector that hold.</summary>
    internal OnnxValue Indices() => Apply("NonZero").Reshape(-1);

    /// <summary>The same elements in other extents: 0 keeps the extent at its place, -1 is found.</summary>
    internal OnnxValue Reshape(params long[] extents) => Apply("Reshape", Graph.Vector(extents));

    internal OnnxValue Reshape(OnnxValue extents) => Apply("Reshape", extents);

    /// <summary>Expands it to extents.</summary>
    internal OnnxValue Expand(OnnxValue extents) => Apply("Expand", extents);

    internal OnnxValue Transpose(params long[] axes) => Graph.Apply("Transpose", [this], ("perm", axes));

    /// <summary>The part of an axis from a place to another; places below 0 count from the end.</summary>
    internal OnnxValue Slice(long start, long end, long axis = 0) => Apply("Slice", Graph.Vector(start), Graph.Vector(end), Graph.Vector(axis));

    /// <summary>The part of the first axis between places that are vectors of one element.</summary>
    internal OnnxValue Slice(OnnxValue start, OnnxValue end) => Apply("Slice", start, end, Graph.Vector(0L));

    /// <summary>An extent, as a vector of one element.</summary>
    internal OnnxValue Extent(long axis) => Apply("Shape").Slice(axis, axis + 1);

    /// <summary>This and others, one after the other along an axis.</summary>
    internal OnnxValue Concat(long axis, params ReadOnlySpan<OnnxValue> others) => Graph.Apply("Concat", [this, .. others], ("axis", axis));

    /// <summary>Sums of a vector's, or a matrix's, entries up to each, itself included or not.</summary>
    internal OnnxValue CumulativeSum(bool exclusive = false) =>
        Graph.Apply("CumSum", [this, Graph.Scalar(0L)], ("exclusive", exclusive ? 1L : 0L));

    /// <summary>Values of an axis reduced to one: Sum, Max, Mean, Min or SumSquare.</summary>
    internal OnnxValue Reduce(string kind, long axis, bool keep = false)
    {
        bool byInput = Graph.OperatorVersion >= (kind == "Sum" ? 13 : 18);
        return byInput
            ? Graph.Apply($"Reduce{kind}", [this, Graph.Vector(axis)], ("keepdims", keep ? 1L : 0L))
            : Graph.Apply($"Reduce{kind}", [this], ("axes", new[] { axis }), ("keepdims", keep ? 1L : 0L));
    }

    /// <summary>Values brought between two.</summary>
    internal OnnxValue Clip(OnnxValue least, OnnxValue most) => Apply("Clip", least, most);

    /// <summary>Writes values to places of this vector.</summary>
    internal OnnxValue Scatter(OnnxValue places, OnnxValue values) => Graph.Apply("ScatterElements", [this, places, values], ("axis", 0L));
}
