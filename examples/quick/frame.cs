#:project ../../src/MLNet.Embeddings/MLNet.Embeddings.csproj
#:property PublishAot=false
// A data frame in, a data frame with predictions out.
using Microsoft.Data.Analysis;
using Microsoft.ML;
using MLNet.Embeddings;

string file = Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "../data/reviews.csv");
DataFrame reviews = DataFrame.LoadCsv(file);
var mlContext = new MLContext(seed: 1);
var model = mlContext.MulticlassClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
{
    LabelColumnName = "Department",
    Columns = [InputColumn.Text("Title"), InputColumn.Text("Body"), InputColumn.Number("Age")],
    Effort = TrainingEffort.Quick,
}).Fit(reviews);

DataFrame unknown = new(
    new StringDataFrameColumn("Title", ["A lovely dress", "Great jeans", "About this nightgown"]),
    new StringDataFrameColumn("Body", ["I get compliments whenever I wear this dress.", "The waist of the jeans is just right.", null]),
    new SingleDataFrameColumn("Age", [33, float.NaN, 51]));
foreach (DataFrameRow row in model.Score(unknown).Rows)
    Console.WriteLine($"{row["Title"]}: {row["PredictedLabel"]}, a dress with {row["Score.Dresses"]:P0}, bottoms with {row["Score.Bottoms"]:P0}");
