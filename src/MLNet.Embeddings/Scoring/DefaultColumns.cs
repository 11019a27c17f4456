using System.Diagnostics;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Adds columns of default values: missing ones, where the type has such.</summary>
internal sealed class DefaultColumns(IReadOnlyList<DataViewSchema.DetachedColumn> columns) : RowMappingTransformer
{
    private protected override RowBinding Bind(DataViewSchema input) => new DefaultBinding(input, columns);

    /// <summary>It is in no file: it is made anew for the columns of the data.</summary>
    internal override void Write(EntryWriter entries) => throw new UnreachableException();
}

/// <summary>Columns of default values beside those of a schema.</summary>
internal sealed class DefaultBinding(DataViewSchema input, IReadOnlyList<DataViewSchema.DetachedColumn> columns) : RowBinding(input)
{
    private static readonly MethodInfo Setter = typeof(DefaultBinding).GetMethod(nameof(SetDefault), BindingFlags.Static | BindingFlags.NonPublic)!;

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs => columns;

    internal override IEnumerable<DataViewSchema.Column> Needs(int output) => [];

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive) =>
        [.. columns.Select((column, output) => isActive(output) ? Getter(column.Type.RawType) : null)];

    private static Delegate Getter(Type type) => Setter.MakeGenericMethod(type).CreateDelegate(typeof(ValueGetter<>).MakeGenericType(type));

    private static void SetDefault<T>(ref T value) => value = default!;
}

/// <summary>A row of default values of some schema, to open transformers on.</summary>
internal sealed class DefaultRow(DataViewSchema schema) : DataViewRow
{
    public override DataViewSchema Schema => schema;

    public override long Position => 0;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => true;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        column.Type.RawType == typeof(TValue) ? (ref TValue value) => value = default! : throw SchemaErrors.OtherType<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = default;
}

/// <summary>A view of some schema, to bind transformers to.</summary>
internal sealed class NoRows(DataViewSchema schema) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => throw new UnreachableException();

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        throw new UnreachableException();
}
