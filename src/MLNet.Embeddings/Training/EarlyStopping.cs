namespace MLNet.Embeddings;

/// <summary>Decides from validation losses which epoch is the best so far, and when to stop.</summary>
internal sealed class EarlyStopping(int patience, double minDelta)
{
    private double _best = double.PositiveInfinity;

    /// <summary>Number of the best epoch so far; 0 before the first.</summary>
    internal int BestEpoch { get; private set; }

    /// <summary>Takes an epoch's validation loss, a finite number; true if it is the best so far.</summary>
    internal bool IsBest(int epoch, double loss)
    {
        if (loss >= _best - minDelta) return false;
        (_best, BestEpoch) = (loss, epoch);
        return true;
    }

    /// <summary>True when the last epochs, as many as the patience allows, brought nothing better.</summary>
    internal bool ShouldStop(int epoch) => epoch - BestEpoch >= patience;
}
