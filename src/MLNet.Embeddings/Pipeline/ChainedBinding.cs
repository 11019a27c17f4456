using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A mapping behind steps whose columns it reads and nobody else sees.</summary>
/// <param name="input">The schema of the rows.</param>
/// <param name="steps">The steps, each bound to what the one before gives.</param>
/// <param name="last">The mapping, bound to what the last step gives.</param>
internal sealed class ChainedBinding(DataViewSchema input, IReadOnlyList<RowBinding> steps, RowBinding last) : RowBinding(input)
{
    /// <summary>Binds steps, and what is behind them, to a schema.</summary>
    /// <param name="input">The schema.</param>
    /// <param name="steps">The steps, in order; there may be none.</param>
    /// <param name="last">Binds the mapping to the schema behind the steps.</param>
    internal static RowBinding Of(DataViewSchema input, IReadOnlyList<RowMappingTransformer> steps, Func<DataViewSchema, RowBinding> last)
    {
        List<RowBinding> bound = [];
        var schema = input;
        foreach (var step in steps)
        {
            bound.Add(step.BindTo(schema));
            schema = bound[^1].Schema;
        }
        return bound.Count == 0 ? last(schema) : new ChainedBinding(input, bound, last(schema));
    }

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs => last.Outputs;

    internal override IEnumerable<DataViewSchema.Column> Needs(int output)
    {
        var needed = last.Needs(output);
        foreach (var step in steps.Reverse()) needed = step.Activate(needed).Inputs;
        return needed.Select(column => Input[column.Index]);
    }

    internal override Delegate?[] CreateGetters(DataViewRow row, Func<int, bool> isActive) => last.CreateGetters(Behind(row, isActive), isActive);

    internal override RowBlock? CreateBlock(DataViewRow row, Func<int, bool> isActive, int threads) =>
        last.CreateBlock(Behind(row, isActive), isActive, threads);

    /// <summary>The row with the columns of the steps that are needed.</summary>
    private DataViewRow Behind(DataViewRow row, Func<int, bool> isActive)
    {
        var active = new ActiveColumns[steps.Count];
        IEnumerable<DataViewSchema.Column> needed = Enumerable.Range(0, last.Outputs.Count).Where(isActive).SelectMany(last.Needs);
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            active[i] = steps[i].Activate(needed);
            needed = active[i].Inputs;
        }
        for (int i = 0; i < steps.Count; i++) row = new MappedRow(row, steps[i], active[i].IsOutputActive);
        return row;
    }
}
