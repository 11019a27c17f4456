using MLNet.Embeddings;
using Spectre.Console;

namespace Examples;

/// <summary>
/// Shows a moving bar per epoch, with its losses, metric and time left; where several networks are trained side by side, one per network.
/// </summary>
internal sealed class EpochBars : IProgress<TrainingProgress>
{
    private readonly ProgressContext _context;
    private readonly Dictionary<int, ProgressTask> _bars = [];
    private ProgressTask? _reading;

    internal EpochBars(ProgressContext context)
    {
        _context = context;
        _reading = context.AddTask("[grey]Reading the rows[/]").IsIndeterminate();
    }

    public void Report(TrainingProgress value)
    {
        bool isOneOfSeveral = value.Networks > 1;
        var bar = Bar(isOneOfSeveral ? value.Network : value.Epoch);
        bar.Description = TrainingDisplay.Describe(value);
        bar.MaxValue = isOneOfSeveral ? (double)value.Steps * value.MaxEpochs : value.Steps;
        bar.Value = isOneOfSeveral ? (double)value.Steps * (value.Epoch - 1) + value.Step : value.Step;
    }

    /// <summary>The bar of a number; the first takes the place of the one that shows that rows are read.</summary>
    private ProgressTask Bar(int number)
    {
        if (_bars.TryGetValue(number, out var known)) return known;
        var bar = _reading ?? _context.AddTask("");
        bar.IsIndeterminate = false;
        _reading = null;
        return _bars[number] = bar;
    }
}
