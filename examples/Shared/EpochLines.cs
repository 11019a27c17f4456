using MLNet.Embeddings;
using Spectre.Console;

namespace Examples;

/// <summary>Prints a line for each epoch that is done: of the first network, where several are trained side by side.</summary>
internal sealed class EpochLines : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (value.Completed is not null && value.Network == 1) AnsiConsole.MarkupLine(TrainingDisplay.Describe(value));
    }
}
