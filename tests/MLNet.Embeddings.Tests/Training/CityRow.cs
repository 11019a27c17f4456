using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A row of text, category and number as an application has them, and the pipeline that learns from such rows.</summary>
internal sealed class CityRow
{
    private static readonly string[] Cities = ["Oslo", "Lima", "Cairo"];

    public bool Label { get; set; }
    public string? Text { get; set; }
    public string? City { get; set; }
    public float Age { get; set; }

    /// <summary>Rows whose text says the label.</summary>
    internal static CityRow[] Random(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            bool label = random.Next(2) == 1;
            return new CityRow
            {
                Label = label,
                Text = $"It {(label ? "fits" : "tears")}, number {random.Next(5)}",
                City = Cities[random.Next(3)],
                Age = random.Next(10) == 0 ? float.NaN : random.Next(20, 80),
            };
        })];
    }

    internal static IDataView View(params CityRow[] rows) => new MLContext(1).Data.LoadFromEnumerable(rows);

    /// <summary>The steps that make keys of text and city.</summary>
    internal static IEstimator<ITransformer> Indexing(MLContext context) =>
        context.Transforms.Text.IndexTokens("Words", "Text").Append(context.Transforms.Categorical.IndexCategories("CityKey", "City"));

    internal static MultiEmbeddingOptions Options { get; } = new()
    {
        Columns = [InputColumn.Sequence("Words", 8, SequenceEncoder.Mean()), InputColumn.Category("CityKey"), InputColumn.Number("Age")],
        HiddenUnits = [8],
        MaxEpochs = 8,
        LearningRate = 0.02,
        Seed = 1,
    };

    internal static TransformerChain<MultiEmbeddingTransformer> Fit(MultiEmbeddingOptions options, params CityRow[] rows)
    {
        var context = new MLContext(1);
        return Indexing(context).Append(context.BinaryClassification.Trainers.MultiEmbedding(options)).Fit(View(rows));
    }
}
