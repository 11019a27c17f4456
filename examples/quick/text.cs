#:project ../../src/MLNet.Embeddings/MLNet.Embeddings.csproj
#:project ../../src/MLNet.Embeddings.Tables/MLNet.Embeddings.Tables.csproj
#:property PublishAot=false
// Texts of reviews to yes or no, and which words decided.
using Microsoft.ML;
using MLNet.Embeddings;

string file = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "../data/reviews.csv");
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.TrainTestSplit(mlContext.Data.LoadTable(file), testFraction: 0.2);

var model = mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
{
    LabelColumnName = "Recommended",
    Columns = [InputColumn.Text("Title"), InputColumn.Text("Body")],
    Effort = TrainingEffort.Quick,
}).Fit(data.TrainSet);

var metrics = mlContext.BinaryClassification.Evaluate(model.Transform(data.TestSet), "Recommended");
Console.WriteLine($"AUC {metrics.AreaUnderRocCurve:F3}, accuracy {metrics.Accuracy:P1}");

foreach (var row in model.Explain(data.TestSet).Take(3))
{
    Console.WriteLine(row);
    var words = row.Columns.SelectMany(column => column.Words).OrderByDescending(word => Math.Abs(word.Contribution)).Take(5);
    Console.WriteLine($"    {string.Join(", ", words.Select(word => $"{word.Word} {word.Contribution:+0.00;-0.00}"))}");
}
