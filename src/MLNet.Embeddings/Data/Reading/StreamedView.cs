using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A view that is read in passes, a share of its rows held out by chance: which ones goes by their ids, so that it is the same in each pass.</summary>
/// <param name="Reader">Reads the rows.</param>
/// <param name="View">The rows.</param>
/// <param name="RowsPerTable">How many to have in memory together.</param>
/// <param name="HeldOutShare">Share of the rows to hold out.</param>
/// <param name="Seed">Decides which.</param>
/// <param name="Cancellation">Ends the passes of training.</param>
internal sealed record StreamedView(
    TrainingTableReader Reader, IDataView View, int RowsPerTable, double HeldOutShare, ulong Seed, CancellationToken Cancellation)
{
    /// <summary>The rows held out, or the others, in tables.</summary>
    internal IEnumerable<TrainingTable> Read(bool isHeldOut, Random? shuffle, RowPass pass) =>
        Reader.Read(View, RowsPerTable, id => IsHeldOut(id) == isHeldOut, shuffle, pass);

    /// <summary>The rows held out, in one table; null if there are none.</summary>
    internal TrainingTable? ReadHeldOut(RowPass pass)
    {
        if (HeldOutShare == 0) return null;
        var table = Reader.Read(View, int.MaxValue, IsHeldOut, null, pass).Single();
        if (table.RowCount == 0) return null;
        Reader.RequireWeights(table.MeanWeight, table.RowCount);
        return table;
    }

    private bool IsHeldOut(DataViewRowId id) => HeldOutShare > 0 && new SplitMix(Seed ^ id.Low ^ new SplitMix(id.High).Next()).NextDouble() < HeldOutShare;
}
