using MLNet.Embeddings;
using Spectre.Console;

namespace Examples;

/// <summary>Prints a line for each epoch that is done.</summary>
internal sealed class EpochLines : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Completed is not null) AnsiConsole.MarkupLine(TrainingDisplay.Describe(value));
    }
}
