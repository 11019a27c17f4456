using Examples;
using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace TablePrediction;

/// <summary>What the second process does: it loads the model and predicts, a whole data frame and customer by customer.</summary>
internal static class Scoring
{
    /// <summary>Returns the exit code: 0, or 1 when a library of torch was loaded.</summary>
    internal static int Run(string modelFile)
    {
        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(modelFile, out _);

        Screen.Heading($"A data frame of new customers, scored and sorted, in process {Environment.ProcessId}");
        DataFrame scored = model.Score(NewCustomers.Frame());
        FrameReport.Print(
            scored.OrderByDescending("Probability"), "Occupation", "Degree", "Age", "HoursPerWeek", "CapitalGain", "PredictedLabel", "Probability");

        Screen.Heading("Single predictions: how likely a married woman with a bachelor's degree has a high income");
        using var engine = mlContext.Model.CreatePredictionEngine<Customer, IncomeGuess>(model);
        WhatIfReport.Print(engine);

        return TorchReport.Print();
    }
}
