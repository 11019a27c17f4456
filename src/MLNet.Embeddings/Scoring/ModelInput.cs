using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A column that a model reads, of the type of those which it can read that loses least.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type.</param>
/// <param name="DateFormat">The format of dates that it holds as texts; null where it holds none.</param>
internal sealed record ModelInput(string Name, DataViewType Type, string? DateFormat = null)
{
    /// <summary>The columns, each once.</summary>
    internal static IEnumerable<ModelInput> Of(MultiEmbeddingTransformer model) =>
        RawColumn.Of(model.Model.Shape, model.Steps.Fitted()).Select(column => new ModelInput(column.Name, TypeOf(column), column.DateFormat));

    private static DataViewType TypeOf(RawColumn column)
    {
        var item = ItemOf(column);
        return column.IsList ? new VectorDataViewType(item, column.Size) : item;
    }

    private static PrimitiveDataViewType ItemOf(RawColumn column) => column.Kind switch
    {
        RowValueKind.Number => NumberDataViewType.Double,
        RowValueKind.Key => new KeyDataViewType(typeof(uint), column.KeyCount),
        RowValueKind.Date when column.DateFormat is null => DateTimeDataViewType.Instance,
        RowValueKind.Time when column.DateFormat is null => TimeSpanDataViewType.Instance,
        _ => TextDataViewType.Instance,
    };
}
