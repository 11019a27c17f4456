using Spectre.Console;

namespace MLNet.Embeddings;

/// <summary>Prints a line for each pass over the data, and for each epoch that is done: of the first network, where several are trained side by side.</summary>
internal sealed class ProgressLines(IAnsiConsole console) : IProgress<TrainingProgress>
{
    private (TrainingPhase Phase, string? Column)? _told;

    public void Report(TrainingProgress value)
    {
        if (value.Epoch == 0)
        {
            if (_told == (value.Phase, value.Column)) return;
            _told = (value.Phase, value.Column);
            Write(ProgressText.Of(value));
        }
        else if (value.Completed is not null && value.Network == 1)
        {
            Write(ProgressText.Of(value));
        }
    }

    /// <summary>Leaves lines of a file as long as they are.</summary>
    private void Write(string markup)
    {
        if (console.Profile.Out.IsTerminal) console.MarkupLine(markup);
        else console.Profile.Out.Writer.WriteLine(Markup.Remove(markup));
    }
}
