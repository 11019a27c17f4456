#:project ../../src/MLNet.Embeddings/MLNet.Embeddings.csproj
#:property PublishAot=false
// A table of categories, numbers and dates to a price. Nothing is named but the label.
using Microsoft.ML;
using MLNet.Embeddings;

var random = new Random(1);
string[] cities = ["Oslo", "Bergen", "Trondheim", "Bodø"];
double[] worth = [1.6, 1.1, 1.0, 0.7];
var houses = Enumerable.Range(0, 2_000).Select(_ =>
{
    int city = random.Next(4), rooms = random.Next(1, 7);
    var sold = new DateTime(2015, 1, 1).AddDays(random.Next(3_650));
    double price = worth[city] * (0.9 + 0.5 * rooms) * (1 + 0.04 * (sold.Year - 2015)) * (1 + 0.05 * random.NextDouble());
    return new House { City = cities[city], Rooms = rooms, Sold = sold, Price = (float)price };
}).ToArray();

var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.TrainTestSplit(mlContext.Data.LoadFromEnumerable(houses), testFraction: 0.2);
var model = mlContext.Regression.Trainers.MultiEmbedding(new MultiEmbeddingOptions { LabelColumnName = "Price", Effort = TrainingEffort.Quick })
    .Fit(data.TrainSet);

var metrics = mlContext.Regression.Evaluate(model.Transform(data.TestSet), "Price");
Console.WriteLine($"R² {metrics.RSquared:F3}, off by {metrics.MeanAbsoluteError:F2} million in the mean");
Console.WriteLine(model.PredictJson("""{ "City": "Oslo", "Rooms": 4, "Sold": "2024-06-01" }"""));

internal sealed class House
{
    public string City { get; set; } = "";
    public float Rooms { get; set; }
    public DateTime Sold { get; set; }
    public float Price { get; set; }
}
