using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Finds a column's getter: the input's own for its columns, a computed one for added columns.</summary>
internal sealed class RowGetters(DataViewRow input, RowBinding binding, Func<int, bool> isOutputActive, Delegate?[] outputs)
{
    internal bool IsActive(DataViewSchema.Column column) => IsInput(column)
        ? input.IsColumnActive(binding.Input[column.Index])
        : isOutputActive(column.Index - binding.Input.Count);

    /// <exception cref="InvalidOperationException">The column is not active, or its values are of another type.</exception>
    internal ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        if (IsInput(column)) return input.GetGetter<TValue>(binding.Input[column.Index]);
        return outputs[column.Index - binding.Input.Count] switch
        {
            ValueGetter<TValue> getter => getter,
            null => throw SchemaErrors.NotActive(column),
            _ => throw SchemaErrors.OtherType<TValue>(column),
        };
    }

    private bool IsInput(DataViewSchema.Column column) => column.Index < binding.Input.Count;
}
