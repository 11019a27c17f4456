using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A model that scores data without the columns that no score depends on, although its steps ask for them.</summary>
/// <remarks>Where a schema has all columns, it is the model itself. A file holds the model alone.</remarks>
internal sealed class ScoringTransformer : ITransformer, IModelHolder
{
    private static readonly ConditionalWeakTable<ITransformer, ScoringTransformer> Known = [];

    // What the latest schema with missing columns needed: the next one has mostly the same columns, and to ask the steps what they miss takes long.
    private volatile Completed? _latest;

    private ScoringTransformer(ITransformer model) => Model = model;

    public ITransformer Model { get; }

    public bool IsRowToRowMapper => Model.IsRowToRowMapper;

    /// <summary>The one of a model: what it has found out serves whoever asks next.</summary>
    internal static ScoringTransformer Of(ITransformer model) => model as ScoringTransformer ?? Known.GetValue(model, one => new ScoringTransformer(one));

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema, fit => fit.GetOutputSchema(inputSchema));

    public IDataView Transform(IDataView input) => Bind(input.Schema, fit => fit.Transform(input));

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => Bind(inputSchema, fit => fit.GetRowToRowMapper(inputSchema));

    ITransformer IModelHolder.With(ITransformer model) => Of(model);

    void ICanSaveModel.Save(ModelSaveContext ctx) => Model.Save(ctx);

    private T Bind<T>(DataViewSchema input, Func<ITransformer, T> bind)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_latest is { } latest && latest.IsFor(input)) return bind(latest.Model);
        try
        {
            return bind(Model);
        }
        catch (Exception error) when (MissingColumns.IsMissing(error))
        {
            if (MissingColumns.Complete(Model, input) is not { } model) throw;
            var completed = new Completed([.. input.Select(Describe)], model);
            _latest = completed;
            return bind(completed.Model);
        }
    }

    private static (string, DataViewType, bool) Describe(DataViewSchema.Column column) => (column.Name, column.Type, column.IsHidden);

    /// <summary>What scores data of such columns.</summary>
    private sealed record Completed((string, DataViewType, bool)[] Columns, ITransformer Model)
    {
        internal bool IsFor(DataViewSchema input) => Columns.SequenceEqual(input.Select(Describe));
    }
}
