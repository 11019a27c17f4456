using MLNet.Embeddings;
using Spectre.Console;

namespace Examples;

/// <summary>Shows a moving bar per epoch, with its losses, metric and time left.</summary>
internal sealed class EpochBars : IProgress<TrainingProgress>
{
    private readonly ProgressContext _context;
    private ProgressTask _bar;
    private int _epoch = 1;

    internal EpochBars(ProgressContext context)
    {
        _context = context;
        _bar = context.AddTask("[grey]Reading the rows[/]").IsIndeterminate();
    }

    public void Report(TrainingProgress value)
    {
        string description = TrainingDisplay.Describe(value);
        if (value.Epoch != _epoch) _bar = _context.AddTask(description);
        _epoch = value.Epoch;
        _bar.IsIndeterminate = false;
        _bar.Description = description;
        _bar.MaxValue = value.Steps;
        _bar.Value = value.Step;
    }
}
