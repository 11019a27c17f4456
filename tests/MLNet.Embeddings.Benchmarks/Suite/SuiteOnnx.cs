using System.Diagnostics;
using Microsoft.ML;
using MLNet.Embeddings.Robustness;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Exports the models that defaults make of the sets as ONNX files, and compares their scores of test rows with the models' own.</summary>
internal static class SuiteOnnx
{
    private const int TrainingRows = 3_000, TestRows = 1_000, SingleRows = 100;

    /// <returns>The program's exit code: 1 when a file differs.</returns>
    internal static int Print(SuiteArguments arguments)
    {
        string folder = arguments.DataFolder ?? throw new ArgumentException("Give the folder that holds suite/sets.txt: --data FOLDER.");
        int different = 0;
        Console.WriteLine("| set | file | to export | 1,000 rows in the file | differences |\n|---|---|---|---|---|");
        foreach (var set in SuiteSet.ReadAll(folder).Where(set => arguments.Only.Count == 0 || arguments.Only.Contains(set.Name)))
        {
            string line;
            try
            {
                line = Line(set, folder, arguments);
            }
            catch (Exception e)
            {
                line = $"| | | | {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")} |";
            }
            if (!line.EndsWith("| none |", StringComparison.Ordinal)) different++;
            Console.WriteLine($"| {set.Name} {line}");
        }
        Console.WriteLine($"\n{different} sets differ.");
        return different > 0 ? 1 : 0;
    }

    private static string Line(SuiteSet set, string folder, SuiteArguments arguments)
    {
        var context = new MLContext(seed: 1);
        var data = SuiteData.Load(context, set, folder, inside: false);
        var model = SuiteModel.Of(context, set, arguments).Fit(context.Data.TakeRows(context.Data.ShuffleRows(data.Training, seed: 1), TrainingRows));
        IDataView rows = context.Data.TakeRows(data.Test, TestRows), single = context.Data.TakeRows(data.Test, SingleRows);
        using var stream = new MemoryStream();
        var timer = Stopwatch.StartNew();
        context.Model.SaveOnnx(model, data.Test.Schema, stream);
        double export = timer.Elapsed.TotalSeconds;
        using var file = new OnnxFile(stream.ToArray());
        timer.Restart();
        var outputs = file.Run(rows, 64);
        double scoring = timer.Elapsed.TotalSeconds;
        string? difference = OnnxCheck.Difference(outputs, model.Transform(rows)) ?? OnnxCheck.Difference(file.Run(single, 1), model.Transform(single));
        return FormattableString.Invariant($"| {stream.Length / 1e6:0.0} MB | {export:0.00} s | {scoring:0.00} s | {difference ?? "none"} |");
    }
}
