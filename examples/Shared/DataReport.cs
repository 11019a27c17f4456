using Microsoft.ML;
using Spectre.Console;

namespace Examples;

/// <summary>Prints what the data is made of.</summary>
public static class DataReport
{
    /// <param name="mlContext">The context.</param>
    /// <param name="data">The rows to train with, and those to test with.</param>
    /// <param name="facts">What to say of them: a title each, and what it is for rows.</param>
    public static void Print<TRow>(MLContext mlContext, (IDataView Train, IDataView Test) data, params (string Title, Func<TRow[], string> Of)[] facts)
        where TRow : class, new()
    {
        var table = Screen.Table(["", " Rows", .. facts.Select(fact => $" {fact.Title}")]);
        foreach (var (name, view) in new[] { ("Training", data.Train), ("Test", data.Test) })
        {
            TRow[] rows = [.. mlContext.Data.CreateEnumerable<TRow>(view, reuseRowObject: false)];
            table.AddRow([name, $"{rows.Length:N0}", .. facts.Select(fact => fact.Of(rows))]);
        }
        AnsiConsole.Write(table);
    }
}
