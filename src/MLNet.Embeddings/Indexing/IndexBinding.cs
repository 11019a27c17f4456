using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>An indexing step bound to a schema: one column of keys, made of one column.</summary>
/// <param name="input">The schema.</param>
/// <param name="source">The column that the keys are made of.</param>
/// <param name="output">The column of keys.</param>
/// <param name="createGetter">Makes the getter of the keys for one row or cursor.</param>
/// <param name="createBlock">Makes what indexes a cursor's rows in blocks, on so many threads; null where that does not pay.</param>
internal sealed class IndexBinding(
    DataViewSchema input, DataViewSchema.Column source, DataViewSchema.DetachedColumn output,
    Func<DataViewRow, Delegate> createGetter, Func<DataViewRow, int, RowBlock>? createBlock = null) : RowBinding(input)
{
    protected override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } = [output];

    protected override IEnumerable<DataViewSchema.Column> Needs(int output) => [source];

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive) => [isActive(0) ? createGetter(input) : null];

    internal override RowBlock? CreateBlock(DataViewRow input, Func<int, bool> isActive, int threads) =>
        isActive(0) ? createBlock?.Invoke(input, threads) : null;
}
