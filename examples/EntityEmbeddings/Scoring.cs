using Examples;
using Microsoft.ML;
using Spectre.Console;

namespace EntityEmbeddings;

/// <summary>What the second process does: it loads the model and looks at the vectors of airports and carriers.</summary>
internal static class Scoring
{
    /// <summary>Returns the exit code: 0, or 1 when a library of torch was loaded.</summary>
    internal static int Run(string modelFile)
    {
        var mlContext = new MLContext();
        ITransformer model = mlContext.Model.Load(modelFile, out _);

        var airports = model.Vectors(nameof(Flight.Origin));
        Screen.Heading($"Airports that are late as the most frequented ones are, in process {Environment.ProcessId}");
        var table = Screen.Table("Airport", "Nearest, with the cosine of their vectors");
        foreach (string airport in airports.Terms.Take(6))
            table.AddRow(airport, string.Join("\n", airports.Nearest(airport, 3).Select(near => $"{near.Similarity:F2}  {near.Term}")));
        AnsiConsole.Write(table.ShowRowSeparators());

        Screen.Heading("Carriers on a map of two principal components");
        var map = Screen.Table("Carrier", " X", " Y");
        foreach (var (carrier, x, y) in model.Vectors(nameof(Flight.Carrier)).Map().OrderBy(point => point.X)) map.AddRow(carrier, $"{x:F2}", $"{y:F2}");
        AnsiConsole.Write(map);

        return TorchReport.Print();
    }
}
