using MLNet.Embeddings;
using Spectre.Console;

namespace Examples;

/// <summary>
/// Shows a moving bar for the whole fit, with the time left, and below it one for what it is at: a pass over the data, the wide part, an epoch with its losses
/// and metric; where several networks are trained side by side, one per network.
/// </summary>
internal sealed class EpochBars(ProgressContext context) : IProgress<TrainingProgress>
{
    private readonly ProgressTask _whole = context.AddTask("Whole fit", maxValue: 1);
    private readonly Dictionary<(TrainingPhase Phase, int Number), ProgressTask> _bars = [];

    public void Report(TrainingProgress value)
    {
        _whole.Description = TrainingDisplay.DescribeWhole(value);
        _whole.Value = value.Done;
        var key = (value.Phase, value.Networks > 1 ? value.Network : value.Epoch);
        if (!_bars.TryGetValue(key, out var bar))
        {
            EndPasses();
            _bars[key] = bar = context.AddTask("");
        }
        bar.Description = TrainingDisplay.Describe(value);
        (bar.Value, bar.MaxValue) = value.Networks > 1
            ? ((double)value.Steps * (value.Epoch - 1) + value.Step, (double)value.Steps * value.MaxEpochs)
            : (value.Step, Math.Max(1, value.Steps));
        bar.IsIndeterminate = value.Steps == 0;
        if (value.Done == 1) EndPasses();
    }

    /// <summary>Shows as done what comes before networks.</summary>
    private void EndPasses()
    {
        foreach (var (_, bar) in _bars.Where(bar => bar.Key.Phase < TrainingPhase.Search))
        {
            bar.IsIndeterminate = false;
            bar.Value = bar.MaxValue;
        }
    }
}
