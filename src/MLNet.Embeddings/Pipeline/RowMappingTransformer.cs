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
    // The latest binding, which is immutable, for as long as anyone uses it: ML.NET binds to one schema several times over when it makes a prediction engine.
    private volatile WeakReference<RowBinding>? _latest;

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
        return new MappedView(input, AddTo, BindView(input.Schema));
    }

    /// <summary>A mapper of single rows, as prediction engines use.</summary>
    /// <param name="inputSchema">Schema of the rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A needed column is missing or of another type than in training.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapper(BindTo(inputSchema));

    void ICanSaveModel.Save(ModelSaveContext ctx) => ClosedSide.Save(ctx, Write);

    /// <summary>Checks the schema's columns and prepares the mapping of its rows.</summary>
    private protected abstract RowBinding Bind(DataViewSchema input);

    /// <summary>The mapping of the rows of one view: one of its own where something is counted of them.</summary>
    private protected virtual RowBinding BindView(DataViewSchema input) => BindTo(input);

    /// <summary>Adds what the step computes to a graph.</summary>
    /// <exception cref="NotSupportedException">Operators of ONNX cannot compute it; the message names the step.</exception>
    internal virtual void AddTo(OnnxPipeline pipeline) => throw new NotSupportedException(
        $"The step {GetType().Name} cannot be exported to ONNX. Export the pipeline without it, or score the model in .NET.");

    /// <summary>Writes what the transformer has learned.</summary>
    internal abstract void Write(EntryWriter entries);

    /// <summary>The mapping of the rows of a schema.</summary>
    internal RowBinding BindTo(DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_latest is { } latest && latest.TryGetTarget(out var known) && ReferenceEquals(known.Input, input)) return known;
        var binding = Bind(input);
        _latest = new(binding);
        return binding;
    }
}

/// <summary>Maps single rows, as a prediction engine asks for.</summary>
internal sealed class RowMapper(RowBinding binding) : IRowToRowMapper
{
    public DataViewSchema InputSchema => binding.Input;

    public DataViewSchema OutputSchema => binding.Schema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) => binding.Activate(dependingColumns).Inputs;

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) =>
        new MappedRow(input, binding, binding.Activate(activeColumns).IsOutputActive);
}
