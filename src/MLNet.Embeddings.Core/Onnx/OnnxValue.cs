namespace MLNet.Embeddings;

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
