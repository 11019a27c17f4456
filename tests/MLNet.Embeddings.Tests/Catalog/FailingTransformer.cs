using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A transformer whose saving fails as it does on a full disk.</summary>
internal sealed class FailingTransformer : ITransformer
{
    public bool IsRowToRowMapper => false;

    public void Save(ModelSaveContext ctx) => throw new IOException("No space left on device");

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

    public IDataView Transform(IDataView input) => input;

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException();
}
