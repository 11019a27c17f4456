#:project ../../src/MLNet.Embeddings/MLNet.Embeddings.csproj
#:property PublishAot=false
// What a network learns of the values of a category: cities of one climate come to lie side by side.
using Microsoft.ML;
using MLNet.Embeddings;

(string Name, double Mean)[] cities =
[
    ("Oslo", 6), ("Helsinki", 6), ("Tromsø", 3), ("Reykjavik", 5), ("Rome", 16), ("Athens", 18), ("Madrid", 15),
    ("Cairo", 22), ("Dubai", 28), ("Singapore", 27),
];
var random = new Random(1);
var days = Enumerable.Range(0, 5_000).Select(_ =>
{
    var (name, mean) = cities[random.Next(cities.Length)];
    int month = random.Next(1, 13);
    double season = -Math.Cos(2 * Math.PI * (month - 1) / 12) * (28 - mean) / 2.5;
    return new Day(name, month.ToString(), (float)(mean + season + 4 * random.NextDouble() - 2));
});

var mlContext = new MLContext(seed: 1);
var model = mlContext.Regression.Trainers.MultiEmbedding(new MultiEmbeddingOptions
{
    LabelColumnName = "Temperature",
    Columns = [InputColumn.Category("City"), InputColumn.Category("Month")],
    Effort = TrainingEffort.Quick,
}).Fit(mlContext.Data.LoadFromEnumerable(days));

EmbeddingVectors vectors = model.Vectors("City");
foreach (var (name, _) in cities)
    Console.WriteLine($"{name,-10} {string.Join(", ", vectors.Nearest(name, 3).Select(near => $"{near.Term} {near.Similarity:F2}"))}");

internal sealed record Day(string City, string Month, float Temperature);
