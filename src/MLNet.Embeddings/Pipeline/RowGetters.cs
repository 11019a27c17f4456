using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Finds a column's getter: the input's own for its columns, a computed one for added columns.</summary>
internal sealed class RowGetters(DataViewRow input, RowBinding binding, Func<int, bool> isOutputActive)
{
    private readonly Delegate?[] _outputs = binding.CreateGetters(input, isOutputActive);

    internal bool IsActive(DataViewSchema.Column column) => IsInput(column)
        ? input.IsColumnActive(binding.Input[column.Index])
        : isOutputActive(column.Index - binding.Input.Count);

    /// <exception cref="InvalidOperationException">The column is not active, or its values are of another type.</exception>
    internal ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        if (IsInput(column)) return input.GetGetter<TValue>(binding.Input[column.Index]);
        return _outputs[column.Index - binding.Input.Count] switch
        {
            ValueGetter<TValue> getter => getter,
            null => throw new InvalidOperationException($"Column '{column.Name}' is not active; ask for it when the cursor is made."),
            _ => throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue)}."),
        };
    }

    private bool IsInput(DataViewSchema.Column column) => column.Index < binding.Input.Count;
}
