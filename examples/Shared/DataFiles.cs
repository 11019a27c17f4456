using Microsoft.ML;
using Microsoft.ML.Data;

namespace Examples;

/// <summary>A data set of two files, to train and to test, of text with a header, quoted fields and missing values.</summary>
/// <param name="Folder">The set's folder below that of all data; its last part begins the files' names.</param>
/// <param name="Separator">What stands between two columns: a comma or a tab.</param>
public sealed record DataFiles(string Folder, char Separator)
{
    private static readonly string[] Parts = ["train", "test"];

    internal string Pattern => Name($"{{{string.Join(',', Parts)}}}");

    /// <summary>The training and the test rows: those of the files, or made-up ones, of which nine tenths are to train with.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="command">Says which.</param>
    /// <param name="generated">Made-up rows, without an end.</param>
    /// <param name="count">How many to take of these.</param>
    /// <param name="maxRows">Most rows to read of a file; null for all.</param>
    public (IDataView Train, IDataView Test) Load<TRow>(MLContext mlContext, CommandLine command, IEnumerable<TRow> generated, int count, int? maxRows)
        where TRow : class
    {
        if (command.DataFolder is not { } folder)
        {
            TRow[] rows = [.. generated.Take(count)];
            int train = count * 9 / 10;
            return (mlContext.Data.LoadFromEnumerable(rows[..train]), mlContext.Data.LoadFromEnumerable(rows[train..]));
        }
        var loader = mlContext.Data.CreateTextLoader<TRow>(new TextLoader.Options
        {
            Separators = [Separator],
            HasHeader = true,
            AllowQuoting = true,
            ReadMultilines = true,
            MissingRealsAsNaNs = true,
            MaxRows = maxRows,
        });
        return (loader.Load(Path.Combine(folder, Name("train"))), loader.Load(Path.Combine(folder, Name("test"))));
    }

    /// <summary>Which file is missing and what to do; null when all are there.</summary>
    internal string? Missing(string dataFolder)
    {
        string? missing = Parts.Select(part => Path.GetFullPath(Path.Combine(dataFolder, Name(part)))).FirstOrDefault(path => !File.Exists(path));
        return missing is null ? null
            : $"There is no file '{missing}'. Give the folder that holds {Folder}/ after --data, or leave --data out to use generated data.";
    }

    private string Name(string part) => $"{Folder}/{Path.GetFileName(Folder)}-{part}.{(Separator == '\t' ? "tsv" : "csv")}";
}
