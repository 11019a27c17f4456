using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Small models of the repository's reviews, trained once for all tests that serve.</summary>
internal static class ReviewModels
{
    private static readonly MLContext Context = new(1);
    private static readonly Lazy<IDataView> Reviews = new(() => Context.Data.LoadTable(Repository.Path("examples/data/reviews.csv")));
    private static readonly Lazy<MultiEmbeddingTransformer> One = new(() => Train(100)), Other = new(() => Train(150));

    /// <summary>Saves one of two models, which give different scores.</summary>
    internal static void Save(string file, bool other = false) =>
        Context.Model.SaveAtomically((other ? Other : One).Value, Reviews.Value.Schema, file);

    /// <summary>The probability that it gives a row.</summary>
    internal static double Probability(IReadOnlyDictionary<string, object?> row, bool other = false) =>
        (float)(other ? Other : One).Value.Predict(row)["Probability"]!;

    private static MultiEmbeddingTransformer Train(int rows) => Context.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
    {
        LabelColumnName = "Recommended",
        Columns = [InputColumn.Text("Title"), InputColumn.Text("Body"), InputColumn.Category("Department"), InputColumn.Number("Age")],
        Effort = TrainingEffort.Quick,
        MaxEpochs = 2,
    }).Fit(Context.Data.TakeRows(Reviews.Value, rows));
}
