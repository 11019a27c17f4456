using System.Diagnostics;
using MLNet.Embeddings;

namespace Examples;

/// <summary>Trains models, in view of the user.</summary>
public static class Training
{
    /// <summary>Fits a model, which reports its progress and may be cancelled by Ctrl+C.</summary>
    /// <returns>The model; null when the user cancelled too early for one.</returns>
    public static Fitted<MultiEmbeddingTransformer>? Fit(Func<IProgress<TrainingProgress>, CancellationToken, MultiEmbeddingTransformer> fit) =>
        Fit(fit, model => model.History);

    /// <summary>The same for a pipeline that ends with a network.</summary>
    /// <param name="fit">Fits it.</param>
    /// <param name="history">How that went.</param>
    public static Fitted<TModel>? Fit<TModel>(Func<IProgress<TrainingProgress>, CancellationToken, TModel> fit, Func<TModel, TrainingHistory> history)
    {
        using var cancelKey = new CancelKey();
        using var bar = ConsoleProgress.Bar();
        try
        {
            var fitted = Time(() => fit(bar, cancelKey.Token));
            HistoryReport.Print(history(fitted.Model));
            return fitted;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Fits any pipeline.</summary>
    public static Fitted<TModel> Time<TModel>(Func<TModel> fit)
    {
        long start = Stopwatch.GetTimestamp();
        var model = fit();
        return new(model, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Says that there is no model; returns the exit code.</summary>
    public static int Cancelled() => Screen.Fail("Training was cancelled before its first epoch was validated, so there is no model.", exitCode: 130);
}
