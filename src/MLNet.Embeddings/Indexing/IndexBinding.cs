using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>An indexing step bound to a schema: columns of keys, each made of one column.</summary>
/// <param name="input">The schema.</param>
/// <param name="sources">The columns that the keys are made of.</param>
/// <param name="outputs">The columns of keys, in the same order.</param>
/// <param name="createGetter">Makes the getter of the keys of one of the columns, by its place, for one row or cursor.</param>
/// <param name="createBlock">Makes what indexes a cursor's rows in blocks, on so many threads; null where that does not pay.</param>
internal sealed class IndexBinding(
    DataViewSchema input, IReadOnlyList<DataViewSchema.Column> sources, IReadOnlyList<DataViewSchema.DetachedColumn> outputs,
    Func<DataViewRow, int, Delegate> createGetter, Func<DataViewRow, Func<int, bool>, int, RowBlock>? createBlock = null) : RowBinding(input)
{
    protected override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs => outputs;

    protected override IEnumerable<DataViewSchema.Column> Needs(int output) => [sources[output]];

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive) =>
        [.. sources.Select((_, output) => isActive(output) ? createGetter(input, output) : null)];

    internal override RowBlock? CreateBlock(DataViewRow input, Func<int, bool> isActive, int threads) =>
        Enumerable.Range(0, outputs.Count).Any(isActive) ? createBlock?.Invoke(input, isActive, threads) : null;
}
