using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A fitted step of a pipeline that adds columns computed from each row alone.</summary>
/// <remarks>
/// Everything of it that ML.NET asks for is written here once: a data view with sequential and parallel cursors, mapping of single rows for
/// prediction engines, and a place in a model file. Any number of threads may use one transformer at once. It needs no disposal.
/// </remarks>
public abstract class RowMappingTransformer : ITransformer
{
    private protected RowMappingTransformer() { }

    /// <summary>True: each row is mapped alone.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>The schema of the transformed data.</summary>
    /// <param name="inputSchema">Schema of the data to transform.</param>
    /// <exception cref="ArgumentOutOfRangeException">A needed column is missing or of another type than in training.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => BindTo(inputSchema).Schema;

    /// <summary>The data with the added columns. Lazy: nothing is computed until a cursor asks for an added column.</summary>
    /// <param name="input">The data to transform.</param>
    /// <exception cref="ArgumentOutOfRangeException">A needed column is missing or of another type than in training.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, BindTo(input.Schema));
    }

    /// <summary>A mapper of single rows, as prediction engines use.</summary>
    /// <param name="inputSchema">Schema of the rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A needed column is missing or of another type than in training.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(BindTo(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx) => ClosedSide.Save(ctx, Write);

    /// <summary>Checks the schema's columns and prepares the mapping of its rows.</summary>
    private protected abstract RowBinding Bind(DataViewSchema input);

    /// <summary>Writes what the transformer has learned.</summary>
    private protected abstract void Write(EntryWriter entries);

    private RowBinding BindTo(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Bind(input);
    }
}
