using Spectre.Console;

namespace MLNet.Embeddings;

/// <summary>
/// Shows on the console how far a fit is: moving bars with the time left on a terminal; in a file or pipe a line for each pass over the data and for each
/// epoch.
/// </summary>
/// <remarks>
/// One shows any number of fits, one after the other. The bars of a fit stay when it has ended, and what is written after it comes below them. When a fit was
/// cancelled or has failed, they end with <see cref="Dispose"/>. Until then write with Spectre.Console's AnsiConsole, which writes above the bars, rather than
/// with <see cref="Console"/>. Where another live display of Spectre.Console is shown at the same time, lines are printed in place of bars.
/// </remarks>
/// <example><code>
/// using var bar = ConsoleProgress.Bar();
/// var model = mlContext.BinaryClassification.Trainers.MultiEmbedding(new() { LabelColumnName = "Recommended", Progress = bar }).Fit(trainData);
/// </code></example>
public sealed class ConsoleProgress : IProgress<TrainingProgress>, IDisposable
{
    private readonly Lock _lock = new();
    private readonly IAnsiConsole _console;
    private IProgress<TrainingProgress>? _fit;
    private double _done;
    private bool _isDisposed;

    internal ConsoleProgress(IAnsiConsole console) => _console = console;

    /// <summary>Makes a progress for the options of a trainer. Nothing is written before the first report.</summary>
    /// <returns>To be disposed when training is over.</returns>
    public static ConsoleProgress Bar() => new(AnsiConsole.Console);

    /// <summary>Shows how far a fit is. After <see cref="Dispose"/> nothing is shown any more.</summary>
    /// <param name="value">What a trainer tells, from any thread. Less done than before means that another fit has begun.</param>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
        {
            if (_isDisposed) return;
            if (value.Done < _done) End();
            else if (_done == 1) return;
            _done = value.Done;
            _fit ??= Begin();
            _fit.Report(value);
            if (_done == 1) End();
        }
    }

    /// <summary>Ends the bars, as they are, and gives the console free.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            End();
            _isDisposed = true;
        }
    }

    private IProgress<TrainingProgress> Begin()
    {
        if (_console.Profile.Capabilities is not { Ansi: true, Interactive: true }) return new ProgressLines(_console);
        try
        {
            return new ProgressBars(_console);
        }
        catch (InvalidOperationException) // another live display has the terminal
        {
            return new ProgressLines(_console);
        }
    }

    private void End()
    {
        (_fit as IDisposable)?.Dispose();
        _fit = null;
    }
}
