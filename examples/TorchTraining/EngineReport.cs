using Examples;
using MLNet.Embeddings;
using Spectre.Console;

namespace TorchTraining;

/// <summary>Prints the epochs of both engines side by side.</summary>
internal static class EngineReport
{
    internal static void Print(TrainingHistory kernels, TrainingHistory torch)
    {
        var table = Screen.Table(
            " Epoch", " Loss, kernels", " Loss, torch", " Validation, kernels", " Validation, torch", " Seconds, kernels", " Seconds, torch");
        foreach (var (one, other) in kernels.Epochs.Zip(torch.Epochs))
        {
            table.AddRow(
                $"{one.Epoch}", $"{one.TrainingLoss:F4}", $"{other.TrainingLoss:F4}", $"{one.ValidationLoss:F4}", $"{other.ValidationLoss:F4}",
                $"{one.Duration.TotalSeconds:F2}", $"{other.Duration.TotalSeconds:F2}");
        }
        AnsiConsole.Write(table);

        double difference = Best(torch) / Best(kernels) - 1;
        AnsiConsole.MarkupLineInterpolated(
            $"Best validation loss: kernels [bold]{Best(kernels):F4}[/], torch [bold]{Best(torch):F4}[/] ({difference:+0.0%;-0.0%}).");
        double ours = Seconds(kernels), torchs = Seconds(torch);
        AnsiConsole.MarkupLineInterpolated($"All epochs: kernels [bold]{ours:F1} s[/], torch [bold]{torchs:F1} s[/] ({torchs / ours:F1} times as long).");
        AnsiConsole.MarkupLine("[grey]The first weights are the same; the order of the rows and what dropout drops are not.[/]");
    }

    private static double Best(TrainingHistory history) => history.Epochs.Min(epoch => epoch.ValidationLoss!.Value);

    private static double Seconds(TrainingHistory history) => history.Epochs.Sum(epoch => epoch.Duration.TotalSeconds);
}
