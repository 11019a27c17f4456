using Microsoft.ML;
using Microsoft.ML.Data;

namespace Examples;

/// <summary>A data set of two files, to train and to test, of text with a header, quoted fields and missing values.</summary>
/// <param name="Set">Name of the set: of its folder, and the first part of its files' names.</param>
/// <param name="Separator">What stands between two columns: a comma or a tab.</param>
public sealed record DataFiles(string Set, char Separator)
{
    private static readonly string[] Parts = ["train", "test"];

    /// <summary>The folder that the set's folder stands in, below that of all data; empty for none.</summary>
    public string Parent { get; init; } = "";

    private string Folder => Parent.Length == 0 ? Set : $"{Parent}/{Set}";

    private string Extension => Separator == '\t' ? "tsv" : "csv";

    internal string Pattern => $"{Folder}/{Set}-{{{string.Join(',', Parts)}}}.{Extension}";

    /// <summary>The training and the test rows, of which no more than a number are read; null for all.</summary>
    public (IDataView Train, IDataView Test) Load<TRow>(MLContext mlContext, string dataFolder, int? maxRows)
    {
        var loader = mlContext.Data.CreateTextLoader<TRow>(new TextLoader.Options
        {
            Separators = [Separator],
            HasHeader = true,
            AllowQuoting = true,
            ReadMultilines = true,
            MissingRealsAsNaNs = true,
            MaxRows = maxRows,
        });
        return (loader.Load(PathOf(dataFolder, "train")), loader.Load(PathOf(dataFolder, "test")));
    }

    /// <summary>Which file is missing and what to do; null when all are there.</summary>
    internal string? Missing(string dataFolder)
    {
        string? missing = Parts.Select(part => PathOf(dataFolder, part)).FirstOrDefault(path => !File.Exists(path));
        return missing is null ? null
            : $"There is no file '{missing}'. Give the folder that holds {Folder}/ after --data, or leave --data out to use generated data.";
    }

    private string PathOf(string dataFolder, string part) => Path.GetFullPath(Path.Combine(dataFolder, Folder, $"{Set}-{part}.{Extension}"));
}
