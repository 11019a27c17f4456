using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.VectorData;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>What the code of the documentation may take for granted: data, and a model of the repository's reviews.</summary>
/// <remarks>The names are those that pages use, and are read by their programs only.</remarks>
public static class Given
{
    private static readonly MLContext Context = new(seed: 1);
    private static readonly Lazy<IDataView> AllReviews = new(() => Context.Data.LoadTable(Repository.Path("examples/data/reviews.csv")));
    private static readonly Lazy<DataOperationsCatalog.TrainTestData> Parts = new(() => Context.Data.TrainTestSplit(AllReviews.Value, 0.2));

    private static MultiEmbeddingTransformer? _model;

    private static readonly Lazy<MultiEmbeddingTransformer> Quick = new(() => Context.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
    {
        LabelColumnName = "Recommended",
        Columns =
        [
            InputColumn.Text("Title", SequenceEncoder.Attention()), InputColumn.Text("Body"), InputColumn.Category("Department"), InputColumn.Category("Class"),
            InputColumn.Number("Age"), InputColumn.Date("Written"),
        ],
        Effort = TrainingEffort.Quick,
        MaxEpochs = 3,
    }).Fit(Parts.Value.TrainSet));

#pragma warning disable IDE1006, CA1707 // the names of local variables
    public static MLContext mlContext => Context;

    public static IDataView trainData => Parts.Value.TrainSet;

    public static IDataView testData => Parts.Value.TestSet;

    public static IDataView thisWeek => Parts.Value.TestSet;

    public static MultiEmbeddingTransformer model { get => _model ?? Quick.Value; set => _model = value; }

    public static VectorStore store => throw new NotSupportedException("There is no vector store; programs that ask for one are compiled only.");

    public static IClusterClient client => throw new NotSupportedException("There is no cluster; programs that ask for one are compiled only.");

    public static WebApplication app { get; } = WebApplication.CreateBuilder().Build();
#pragma warning restore IDE1006, CA1707

    /// <summary>Puts the files that pages name into a folder.</summary>
    internal static void WriteFiles(string folder)
    {
        _model = null;
        File.Copy(Repository.Path("examples/data/reviews.csv"), Path.Combine(folder, "reviews.csv"));
        var days = Enumerable.Range(0, 200).Select(i => new DateOnly(1990, 1, 1).AddDays(37 * i));
        File.WriteAllLines(Path.Combine(folder, "dates.csv"),
            [Header, .. days.Select(day => FormattableString.Invariant($"{day:d MMMM yyyy},{day:yyyy-MM-dd}T"))]);
        Context.Model.SaveAtomically(model, testData.Schema, Path.Combine(folder, "model.zip"));
    }

    private const string Header = "Written,Standard";
}
