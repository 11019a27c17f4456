using Examples;
using Microsoft.ML;

namespace DateNormalization;

/// <summary>What the second process does: it loads the model, normalizes new dates and draws what the first of them attended to.</summary>
internal static class Scoring
{
    /// <summary>Returns the exit code: 0, or 1 when a library of torch was loaded.</summary>
    internal static int Run(string modelFile)
    {
        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(modelFile, out _);

        Screen.Heading($"New dates, in process {Environment.ProcessId}");
        using var engine = mlContext.Model.CreatePredictionEngine<WrittenDate, NormalizedDate>(model);
        var normalized = NewDates.All.Select(date => (Given: date.Written, Found: engine.Predict(date))).ToArray();
        SequenceReport.PrintOutputs("Written", normalized.Select(date => (date.Given, date.Found.LogProbability, date.Found.Alternatives)));

        var (given, found) = normalized[0];
        AttentionMap.Save(Characters(given), Characters(found.Normalized), found.Attention, Path.ChangeExtension(modelFile, ".attention.png"));

        return TorchReport.Print();
    }

    private static string[] Characters(string text) => [.. text.Select(character => $"{character}")];
}
