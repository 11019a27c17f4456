using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Raw rows of a set: texts and categories as text, numbers as Single with NaN for missing ones, the label as its task has it.</summary>
/// <param name="Training">Rows to train on.</param>
/// <param name="Test">Rows to judge by.</param>
internal sealed record SuiteData(IDataView Training, IDataView Test)
{
    /// <summary>Every fifth row of a training file, from this one, judges inside.</summary>
    private const int FirstInside = 2, InsideStep = 5;

    /// <summary>The files of a set, or, inside, a fifth of the training file and the rest of it; held in memory.</summary>
    internal static SuiteData Load(MLContext context, SuiteSet set, string folder, bool inside)
    {
        string beginning = Path.Combine(folder, set.Files);
        string extension = File.Exists($"{beginning}-train.csv") ? "csv" : "tsv";
        var file = Lines.Read($"{beginning}-train.{extension}");
        var (training, test) = inside
            ? (file.Where(i => i % InsideStep != FirstInside), file.Where(i => i % InsideStep == FirstInside))
            : (file, Lines.Read($"{beginning}-test.{extension}"));

        var loader = context.Data.CreateTextLoader(Options(set, file.Header, extension == "tsv" ? '\t' : ','));
        var raw = loader.Load(training);
        var labels = set.Task.FromFile(context, raw).Append(context.Transforms.SelectColumns(
            [set.Label, .. set.Texts, .. set.Categories, .. set.Numbers])).Fit(raw);
        return new(Hold(context, labels.Transform(raw), training.RowCount), Hold(context, labels.Transform(loader.Load(test)), test.RowCount));
    }

    private static TextLoader.Options Options(SuiteSet set, string header, char separator)
    {
        string[] names = [.. header.Split(separator).Select(name => name.Trim('"'))];
        return new()
        {
            Columns =
            [
                Column(set.Label, set.Task.FileKind),
                .. set.Texts.Concat(set.Categories).Select(name => Column(name, DataKind.String)),
                .. set.Numbers.Select(name => Column(name, DataKind.Single)),
            ],
            Separators = [separator],
            HasHeader = true,
            AllowQuoting = true,
            MissingRealsAsNaNs = true,
        };

        TextLoader.Column Column(string name, DataKind kind) => Array.IndexOf(names, name) is var index and >= 0
            ? new(name, kind, index)
            : throw new FormatException($"The file of the set '{set.Name}' has no column '{name}'; it has {header}.");
    }

    /// <summary>Reads all of it once, so that no fit's time has the reading in it.</summary>
    private static IDataView Hold(MLContext context, IDataView view, int rowCount)
    {
        var held = context.Data.Cache(view);
        int read = 0;
        using var cursor = held.GetRowCursor(held.Schema);
        while (cursor.MoveNext()) read++;
        return read == rowCount ? held : throw new FormatException($"ML.NET read {read} rows of a file that has {rowCount} lines below its header.");
    }

    /// <summary>A file, or some rows of it, in memory: one record a line.</summary>
    private sealed class Lines : IMultiStreamSource
    {
        private readonly string[] _rows;
        private readonly byte[] _bytes;

        private Lines(string header, string[] rows)
        {
            (Header, _rows) = (header, rows);
            _bytes = Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(header)));
        }

        internal static Lines Read(string path) => File.ReadAllLines(path) switch
        {
            [var header, .. var rows] => new(header, rows),
            _ => throw new FormatException($"The file '{path}' is empty."),
        };

        internal string Header { get; }

        internal int RowCount => _rows.Length;

        public int Count => 1;

        internal Lines Where(Func<int, bool> isWanted) => new(Header, [.. _rows.Where((_, i) => isWanted(i))]);

        public string? GetPathOrNull(int index) => null;

        public Stream Open(int index) => new MemoryStream(_bytes, writable: false);

        public TextReader OpenTextReader(int index) => new StreamReader(Open(index));
    }
}
