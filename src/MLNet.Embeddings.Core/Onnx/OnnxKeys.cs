namespace MLNet.Embeddings;

/// <summary>Keys of rows, any number a row, one after the other: behind those of each row, 0 as its end.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Rows">The row of each.</param>
/// <param name="Order">Numbers in whose order the keys are those of the rows; null where they are in order.</param>
internal sealed record OnnxKeys(OnnxValue Keys, OnnxValue Rows, Func<OnnxValue>? Order = null)
{
    private (OnnxValue, OnnxValue)? _padded;

    /// <summary>The keys of a matrix, rows × the most keys of a row; 0 is no key.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="isFilledUp">Whether 0 is behind the keys of a row only; else it may be anywhere.</param>
    internal static OnnxKeys Of(OnnxValue matrix, bool isFilledUp)
    {
        var graph = matrix.Graph;
        var end = graph.Vector(-1L).Reshape(1, 1).Expand(matrix.Extent(0).Concat(0, graph.Vector(1L)));
        var all = matrix.Concat(1, end).Reshape(-1);
        all = all.Where(!all.Is(0));
        var keys = new OnnxKeys(all.Apply("Max", graph.Scalar(0L)), RowsOf(all.Is(-1)));
        if (isFilledUp) keys._padded = (matrix.Concat(1, end + 1), (!matrix.Is(0)).Cast(OnnxType.Int64).Reduce("Sum", 1));
        return keys;
    }

    /// <summary>The row of each element, of which some are ends of rows.</summary>
    internal static OnnxValue RowsOf(OnnxValue isEnd) => isEnd.Cast(OnnxType.Int64).CumulativeSum(exclusive: true);

    /// <summary>The place of each element in its row.</summary>
    internal static OnnxValue PlacesOf(OnnxValue isEnd, OnnxValue rows) =>
        isEnd.Places() - isEnd.Graph.Vector(0L).Concat(0, isEnd.Indices().Slice(0, -1) + 1).At(rows);

    /// <summary>The keys as a matrix, rows × one more than the most keys of a row, filled up with 0, and how many keys each row has.</summary>
    internal (OnnxValue Matrix, OnnxValue Lengths) Padded => _padded ??= Pad();

    private (OnnxValue, OnnxValue) Pad()
    {
        var graph = Keys.Graph;
        var (keys, rows) = Order is null ? (Keys, Rows) : InOrder(Order());
        var isEnd = keys.Is(0);
        var places = PlacesOf(isEnd, rows);
        var lengths = places.Where(isEnd);
        var width = lengths.Reduce("Max", 0, keep: true) + 1;
        var matrix = graph.Vector(0L).Expand(lengths.Extent(0) * width).Scatter(places + rows * width, keys);
        return (matrix.Reshape(graph.Vector(-1L).Concat(0, width)), lengths);
    }

    private (OnnxValue Keys, OnnxValue Rows) InOrder(OnnxValue order)
    {
        var places = Keys.Graph.ApplyAll(OnnxDomains.Standard, "TopK", [order, order.Extent(0)], [true, true], ("axis", 0L), ("largest", 0L))[1];
        return (Keys.At(places), Rows.At(places));
    }
}
