using System.Diagnostics;
using System.Reflection;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>In the place of a model in its pipeline: the columns that its networks read, annotated as scores so that what these do not hang on may be
/// missing.</summary>
/// <param name="model">The model.</param>
internal sealed class ReadColumnsStep(MultiEmbeddingTransformer model) : RowMappingTransformer
{
    private protected override RowBinding Bind(DataViewSchema input) =>
        model.BindBehindSteps(input, (schema, _) => new ReadColumnsBinding(schema, [.. model.Model.Shape.Columns.Select(column => schema[column.Name])]));

    /// <summary>It is in no file: it is made anew for each comparison.</summary>
    internal override void Write(EntryWriter entries) => throw new UnreachableException();
}

/// <summary>Columns of a schema given out once more, with an annotation.</summary>
/// <param name="input">The schema.</param>
/// <param name="columns">The columns.</param>
internal sealed class ReadColumnsBinding(DataViewSchema input, IReadOnlyList<DataViewSchema.Column> columns) : RowBinding(input)
{
    private static readonly MethodInfo GetterOf =
        typeof(ReadColumnsBinding).GetMethod(nameof(Getter), BindingFlags.Static | BindingFlags.NonPublic)!;

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } = [.. columns.Select(Detach)];

    internal override IEnumerable<DataViewSchema.Column> Needs(int output) => [columns[output]];

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive) =>
        [.. columns.Select((column, output) => isActive(output) ? GetterFor(input, column) : null)];

    private static Delegate GetterFor(DataViewRow row, DataViewSchema.Column column) =>
        (Delegate)GetterOf.MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column])!;

    private static ValueGetter<T> Getter<T>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<T>(column);

    private static DataViewSchema.DetachedColumn Detach(DataViewSchema.Column column)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(column.Annotations, _ => true);
        ScoreColumn.AddSetId(annotations, 1);
        return new DataViewSchema.DetachedColumn(column.Name, column.Type, annotations.ToAnnotations());
    }
}
