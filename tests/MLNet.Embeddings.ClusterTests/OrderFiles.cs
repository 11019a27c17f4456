using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Orders as files of shards.</summary>
internal static class OrderFiles
{
    private static readonly MLContext Context = new(seed: 1);

    internal static Shards Shards => MLNet.Embeddings.Shards.Files("orders/*.tsv", Loader);

    internal static MultiEmbeddingOptions Options => new()
    {
        Labels = [LabelColumn.Binary(nameof(OrderRow.IsKept))],
        Columns =
        [
            InputColumn.Text(nameof(OrderRow.Note)), InputColumn.Category(nameof(OrderRow.Product)), InputColumn.Number(nameof(OrderRow.Amount)),
            InputColumn.Date(nameof(OrderRow.Day)),
        ],
        Seed = 3,
        BatchSize = 32,
        MaxEpochs = 6,
    };

    private static TextLoader Loader => Context.Data.CreateTextLoader<Line>(separatorChar: '\t', hasHeader: true);

    /// <summary>Writes rows in turn to files.</summary>
    internal static void Write(string folder, OrderRow[] rows, int shards)
    {
        Directory.CreateDirectory(Path.Combine(folder, "orders"));
        foreach (int shard in Enumerable.Range(0, shards))
        {
            File.WriteAllLines(Path.Combine(folder, "orders", $"{shard:00}.tsv"), rows.Where((_, i) => i % shards == shard)
                .Select(row => FormattableString.Invariant($"{row.Note}\t{row.Product}\t{row.Amount}\t{row.Day:O}\t{row.IsKept}")).Prepend("header"));
        }
    }

    /// <summary>The rows of shards, of each worker by itself.</summary>
    internal static IDataView[] Views(MLContext context, string folder, int workers)
    {
        string[] files = [.. Directory.GetFiles(Path.Combine(folder, "orders")).Order(StringComparer.Ordinal)];
        return [.. Enumerable.Range(0, workers)
            .Select(worker => Loader.Load(files[(worker * files.Length / workers)..((worker + 1) * files.Length / workers)]))];
    }

    /// <summary>The rows of files.</summary>
    internal static IDataView Load(params string[] files) => Loader.Load(files);

    internal static double Auc(ITransformer model)
    {
        var test = Context.Data.LoadFromEnumerable(OrderRow.Make(1_000, seed: 99));
        return Context.BinaryClassification.Evaluate(model.Transform(test), nameof(OrderRow.IsKept)).AreaUnderRocCurve;
    }

    /// <summary>The trained numbers.</summary>
    internal static byte[] Bytes(MultiEmbeddingTransformer model) =>
    [
        .. model.Model.Networks[0].Weights.OrderBy(array => array.Key, StringComparer.Ordinal)
            .SelectMany(array => array.Value.Values.SelectMany(BitConverter.GetBytes)),
    ];

    /// <summary>A line of a file.</summary>
    private sealed class Line
    {
        [LoadColumn(0)] public string Note { get; set; } = "";

        [LoadColumn(1)] public string Product { get; set; } = "";

        [LoadColumn(2)] public float Amount { get; set; }

        [LoadColumn(3)] public DateTime Day { get; set; }

        [LoadColumn(4)] public bool IsKept { get; set; }
    }
}
