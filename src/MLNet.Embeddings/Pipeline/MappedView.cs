using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A data view with the added columns, computed lazily: in blocks where the mapping can, else row by row.</summary>
/// <param name="source">The data.</param>
/// <param name="addTo">Adds what the step computes to a graph.</param>
/// <param name="binding">The step, bound to the data.</param>
internal sealed class MappedView(IDataView source, Action<OnnxPipeline> addTo, RowBinding binding) : StepView
{
    public override IDataView Source => source;

    private protected override IEnumerable<string> Added => binding.Outputs.Select(column => column.Name);

    private protected override OnnxGraph ToOnnx()
    {
        var pipeline = new OnnxPipeline(new OnnxGraph("step"), source.Schema);
        addTo(pipeline);
        pipeline.Schema = Schema;
        pipeline.Graph.Prune(
            binding.Outputs.Select(column => pipeline.Column(column.Name).Value).ToArray(), [.. source.Schema.Select(column => column.Name)]);
        foreach (var column in binding.Outputs)
        {
            var value = pipeline.Column(column.Name);
            pipeline.Graph.Output(value.Value, column.Name, value.Type, OnnxPipeline.Extents(column.Type, column.Name));
        }
        return pipeline.Graph;
    }

    public override bool CanShuffle => source.CanShuffle;

    public override DataViewSchema Schema => binding.Schema;

    public override long? GetRowCount() => source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = binding.Activate(columnsNeeded);
        return Map(source.GetRowCursor(active.Inputs, rand), active, Environment.ProcessorCount);
    }

    /// <summary>The cursors share the cores: each that the source gives computes on as many threads as are left to it.</summary>
    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = binding.Activate(columnsNeeded);
        var cursors = source.GetRowCursorSet(active.Inputs, n, rand);
        int threads = Math.Max(1, Environment.ProcessorCount / cursors.Length);
        return Array.ConvertAll(cursors, cursor => Map(cursor, active, threads));
    }

    private MappedCursor Map(DataViewRowCursor cursor, ActiveColumns active, int threads)
    {
        var block = active.Asked.All(column => KeptColumn.CanKeep(column.Type)) ? binding.CreateBlock(cursor, active.IsOutputActive, threads) : null;
        return block is null
            ? new MappedCursor(cursor, binding, active.IsOutputActive, binding.CreateGetters(cursor, active.IsOutputActive))
            : new MappedCursor(new ReadAheadCursor(cursor, active.Asked, block), binding, active.IsOutputActive, block.Getters);
    }
}

/// <summary>A cursor with the added columns; owns the cursor it stands on.</summary>
internal sealed class MappedCursor(DataViewRowCursor input, RowBinding binding, Func<int, bool> isOutputActive, Delegate?[] outputs) : DataViewRowCursor
{
    private readonly RowGetters _getters = new(input, binding, isOutputActive, outputs);

    public override DataViewSchema Schema => binding.Schema;
    public override long Position => input.Position;
    public override long Batch => input.Batch;
    public override bool MoveNext() => input.MoveNext();
    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();
    public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing) input.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>One row with the added columns; owns the row it stands on.</summary>
internal sealed class MappedRow(DataViewRow input, RowBinding binding, Func<int, bool> isOutputActive) : DataViewRow
{
    private readonly RowGetters _getters = new(input, binding, isOutputActive, binding.CreateGetters(input, isOutputActive));

    public override DataViewSchema Schema => binding.Schema;
    public override long Position => input.Position;
    public override long Batch => input.Batch;
    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();
    public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);

    protected override void Dispose(bool disposing)
    {
        if (disposing) input.Dispose();
        base.Dispose(disposing);
    }
}
