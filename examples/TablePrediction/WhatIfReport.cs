using Examples;
using Microsoft.ML;
using Spectre.Console;

namespace TablePrediction;

/// <summary>Prints what would become of a prediction if two columns were others: a row for each occupation, a column for each age.</summary>
internal static class WhatIfReport
{
    private static readonly string?[] Occupations = ["Exec-managerial", "Sales", "Craft-repair", "Other-service", "Astronaut", null];
    private static readonly float[] Ages = [20, 30, 40, 50, 60, 70];

    internal static void Print(PredictionEngine<Customer, IncomeGuess> engine)
    {
        var table = Screen.Table(["Occupation", .. Ages.Select(age => $" At {age}")]);
        foreach (string? occupation in Occupations)
            table.AddRow([occupation ?? "(not known)", .. Ages.Select(age => $"{engine.Predict(NewCustomers.With(occupation, age)).Probability:P0}")]);
        AnsiConsole.Write(table);
    }
}
