using System.Diagnostics;
using Microsoft.ML;
using MLNet.Embeddings;
using Spectre.Console;

namespace Examples;

/// <summary>Trains models, in view of the user.</summary>
public static class Training
{
    /// <summary>Fits a model, which reports its progress, and which Ctrl+C ends early.</summary>
    /// <returns>The model, and how long its fit took.</returns>
    public static (TModel Model, TimeSpan Time) Fit<TModel>(Func<IProgress<TrainingProgress>, CancellationToken, TModel> fit) where TModel : ITransformer
    {
        Screen.Heading("Training");
        using var cancellation = new CancellationTokenSource();
        ConsoleCancelEventHandler cancel = (_, key) =>
        {
            key.Cancel = !cancellation.IsCancellationRequested; // a second one ends the program as usual
            cancellation.Cancel();
        };
        Console.CancelKeyPress += cancel;
        try
        {
            using var bar = ConsoleProgress.Bar();
            var fitted = Time(() => fit(bar, cancellation.Token));
            Print(fitted.Model.History());
            return fitted;
        }
        catch (OperationCanceledException)
        {
            return Screen.End<(TModel, TimeSpan)>("Training was cancelled before its first epoch was validated, so there is no model.", exitCode: 130);
        }
        finally
        {
            Console.CancelKeyPress -= cancel;
        }
    }

    /// <summary>Fits any pipeline.</summary>
    public static (TModel Model, TimeSpan Time) Time<TModel>(Func<TModel> fit)
    {
        long start = Stopwatch.GetTimestamp();
        var model = fit();
        return (model, Stopwatch.GetElapsedTime(start));
    }

    private static void Print(TrainingHistory history)
    {
        string which = history.Networks.Count > 1 ? $"Network 1 of {history.Networks.Count}" : "The network";
        string rows = $"Trained on {history.TrainingRows:N0} rows, validated on {history.ValidationRows:N0}.";
        AnsiConsole.MarkupLineInterpolated($"{which}: epoch [bold]{history.BestEpoch}[/] of {history.Epochs.Count} is kept. {rows}");
        if (history.HeldOutMetrics.Count == 0) return;
        string measures = string.Join(", ", history.HeldOutMetrics.Select(metric => $"{metric.Name} {metric.Value:F3}"));
        AnsiConsole.MarkupLineInterpolated($"The whole model on held-out rows, which its networks did not train on: {measures}.");
    }
}
