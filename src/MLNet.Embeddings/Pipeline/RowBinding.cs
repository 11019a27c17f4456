using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A row mapping bound to one input schema: which columns it adds, what they need, and how they are computed.</summary>
/// <remarks>Immutable; getters and whatever scratch memory they share belong to one row or cursor.</remarks>
internal abstract class RowBinding
{
    private readonly Lazy<DataViewSchema> _schema;

    protected RowBinding(DataViewSchema input)
    {
        Input = input;
        _schema = new(BuildSchema);
    }

    internal DataViewSchema Input { get; }

    /// <summary>The input's columns, then the added ones.</summary>
    internal DataViewSchema Schema => _schema.Value;

    /// <summary>The columns this mapping adds.</summary>
    internal abstract IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>The input columns that an added column is computed from.</summary>
    /// <param name="output">Index of the added column, from 0.</param>
    internal abstract IEnumerable<DataViewSchema.Column> Needs(int output);

    /// <summary>Getters of the added columns for one row or cursor; null where a column is not active.</summary>
    internal abstract Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive);

    /// <summary>What is computed of many rows of a cursor at once; null if nothing is, so that <see cref="CreateGetters"/> serves it row by row.</summary>
    /// <param name="input">The cursor.</param>
    /// <param name="isActive">Which added columns to compute.</param>
    /// <param name="threads">The most threads to compute on.</param>
    internal virtual RowBlock? CreateBlock(DataViewRow input, Func<int, bool> isActive, int threads) => null;

    /// <summary>Which of the columns asked for are added ones, and which input columns they take.</summary>
    internal ActiveColumns Activate(IEnumerable<DataViewSchema.Column> columns)
    {
        bool[] inputs = new bool[Input.Count], asked = new bool[Input.Count], outputs = new bool[Outputs.Count];
        foreach (var column in columns)
        {
            if (column.Index < inputs.Length)
            {
                inputs[column.Index] = asked[column.Index] = true;
                continue;
            }
            int output = column.Index - inputs.Length;
            outputs[output] = true;
            foreach (var needed in Needs(output)) inputs[needed.Index] = true;
        }
        return new ActiveColumns(
            [.. Input.Where(column => inputs[column.Index])], [.. Input.Where(column => asked[column.Index])], output => outputs[output]);
    }

    private DataViewSchema BuildSchema()
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(Input);
        foreach (var output in Outputs) builder.AddColumn(output.Name, output.Type, output.Annotations);
        return builder.ToSchema();
    }
}

/// <summary>What a request for columns comes to.</summary>
/// <param name="Inputs">The input columns to read.</param>
/// <param name="Asked">Those of them that were asked for themselves.</param>
/// <param name="IsOutputActive">Which added columns to compute.</param>
internal sealed record ActiveColumns(
    IReadOnlyList<DataViewSchema.Column> Inputs, IReadOnlyList<DataViewSchema.Column> Asked, Func<int, bool> IsOutputActive);

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
