using Microsoft.ML;
using Spectre.Console;

namespace ReviewRecommendation;

/// <summary>Prints what the data is made of.</summary>
internal static class DataReport
{
    internal static void Print(MLContext mlContext, IDataView train, IDataView test)
    {
        var table = Screen.Table("", " Reviews", " Recommended", " No title", " No body", " Mean age");
        AddRow(table, "Training", mlContext.Data.CreateEnumerable<Review>(train, reuseRowObject: false));
        AddRow(table, "Test", mlContext.Data.CreateEnumerable<Review>(test, reuseRowObject: false));
        AnsiConsole.Write(table);
    }

    private static void AddRow(Table table, string name, IEnumerable<Review> view)
    {
        Review[] reviews = [.. view];
        table.AddRow(
            name,
            $"{reviews.Length:N0}",
            $"{reviews.Average(review => review.Recommended ? 100 : 0):F1} %",
            $"{reviews.Count(review => string.IsNullOrEmpty(review.Title)):N0}",
            $"{reviews.Count(review => string.IsNullOrEmpty(review.Body)):N0}",
            $"{reviews.Where(review => !float.IsNaN(review.Age)).Average(review => review.Age):F1}");
    }
}
