using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>
/// A view that is read in passes, a share of its rows held out by chance: which ones goes by their ids, so that it is the same in each pass. What the first
/// pass reads is kept in a temporary file, if it can be, where every pass would read the same.
/// </summary>
/// <param name="Reader">Reads the rows.</param>
/// <param name="View">The rows.</param>
/// <param name="RowsPerTable">How many to have in memory together.</param>
/// <param name="HeldOutShare">Share of the rows to hold out.</param>
/// <param name="Seed">Decides which.</param>
/// <param name="Cancellation">Ends the passes of training.</param>
internal sealed record StreamedView(
    TrainingTableReader Reader, IDataView View, int RowsPerTable, double HeldOutShare, ulong Seed, CancellationToken Cancellation) : IDisposable
{
    private KeptTables? _kept;
    private TrainingTable? _heldOut;

    /// <summary>The rows that are not held out, in tables, for the first time.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="log">Is told where they cannot be kept; null where they need not be.</param>
    internal IEnumerable<TrainingTable> ReadFirst(RowPass pass, FitLog? log)
    {
        // Where labels are numbered as they are read, each pass goes by itself.
        bool holdsOut = HeldOutShare > 0 && !Reader.Labels.Any(label => label.NumbersAsRead);
        var kept = View.CanShuffle || log is null ? null : KeptTables.TryBegin(Refuse);
        try
        {
            foreach (var table in Reader.Read(View, RowsPerTable, id => !IsHeldOut(id), null, pass, holdsOut ? others => _heldOut = others : null))
            {
                if (kept?.TryAdd(table, Refuse) == false)
                {
                    kept.Dispose();
                    kept = null;
                }
                yield return table;
            }
            (_kept, kept) = (kept, null);
        }
        finally
        {
            kept?.Dispose();
        }

        void Refuse(string reason) => log!.Warn(
            $"The rows could not be kept in the temporary folder '{TemporaryFile.Folder}', so each epoch reads them from the data again, which takes longer: " +
            $"{reason} Make room there, or {TemporaryFile.OtherFolder}.");
    }

    /// <summary>The rows held out, or the others, in tables.</summary>
    internal IEnumerable<TrainingTable> Read(bool isHeldOut, Random? shuffle, RowPass pass) => !isHeldOut && _kept is not null
        ? Passed(_kept.Read(), pass)
        : Reader.Read(View, RowsPerTable, id => IsHeldOut(id) == isHeldOut, shuffle, pass);

    /// <summary>Takes back a table that was read and that nobody needs any more.</summary>
    internal void GiveBack(TrainingTable table) => _kept?.GiveBack(table);

    /// <summary>The rows held out, in one table; null if there are none.</summary>
    internal TrainingTable? ReadHeldOut(RowPass pass)
    {
        if (HeldOutShare == 0) return null;
        var table = _heldOut ?? Reader.Read(View, int.MaxValue, IsHeldOut, null, pass).Single();
        _heldOut = null;
        if (table.RowCount == 0) return null;
        Reader.RequireWeights(table.MeanWeight, table.RowCount);
        return table;
    }

    /// <summary>Deletes what is kept.</summary>
    public void Dispose() => _kept?.Dispose();

    private static IEnumerable<TrainingTable> Passed(IEnumerable<TrainingTable> tables, RowPass pass)
    {
        foreach (var table in tables)
        {
            pass.Reach(pass.Rows + table.RowCount);
            yield return table;
        }
    }

    private bool IsHeldOut(DataViewRowId id) => HeldOutShare > 0 && new SplitMix(Seed ^ id.Low ^ new SplitMix(id.High).Next()).NextDouble() < HeldOutShare;
}
