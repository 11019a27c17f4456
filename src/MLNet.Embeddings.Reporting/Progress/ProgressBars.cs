using Spectre.Console;

namespace MLNet.Embeddings;

/// <summary>
/// Shows a moving bar for the whole fit, with the time left, and below it one for what it is at: a pass over the data, the wide part, an epoch with its losses
/// and metric; where several networks are trained side by side, one per network.
/// </summary>
internal sealed class ProgressBars : IProgress<TrainingProgress>, IDisposable
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _display;
    private readonly ProgressContext _context;
    private readonly ProgressTask _whole;
    private readonly Dictionary<(TrainingPhase Phase, int Number), ProgressTask> _bars = [];

    /// <exception cref="InvalidOperationException">Another live display has the terminal.</exception>
    internal ProgressBars(IAnsiConsole console)
    {
        // Spectre.Console shows bars as long as a function runs: one on another thread, which waits for the end of the fit.
        var begun = new TaskCompletionSource<ProgressContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        _display = Task.Run(() => console.Progress()
            .Columns(new ProgressBarColumn { Width = 14 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context =>
            {
                begun.SetResult(context);
                return _end.Task;
            }));
        _context = Task.WhenAny(begun.Task, _display).GetAwaiter().GetResult() == begun.Task
            ? begun.Task.Result
            : throw _display.Exception!.InnerException!;
        _whole = _context.AddTask("Whole fit", maxValue: 1);
    }

    public void Report(TrainingProgress value)
    {
        _whole.Description = ProgressText.OfWhole(value);
        _whole.Value = value.Done;
        var key = (value.Phase, value.Networks > 1 ? value.Network : value.Epoch);
        if (!_bars.TryGetValue(key, out var bar))
        {
            EndPasses();
            _bars[key] = bar = _context.AddTask(ProgressText.Of(value));
        }
        if (value.Done < 1) bar.Description = ProgressText.Of(value); // the last report is of the whole fit
        (bar.Value, bar.MaxValue) = value.Networks > 1
            ? ((double)value.Steps * (value.Epoch - 1) + value.Step, (double)value.Steps * value.MaxEpochs)
            : (value.Step, Math.Max(1, value.Steps));
        bar.IsIndeterminate = value.Steps == 0;
        if (value.Done == 1) EndPasses();
    }

    public void Dispose()
    {
        _end.TrySetResult();
        _display.GetAwaiter().GetResult();
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
