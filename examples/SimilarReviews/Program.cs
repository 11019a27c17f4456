using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;
using ReviewRecommendation;
using SimilarReviews;
using Spectre.Console;

var files = new DataFiles("clothing-reviews", ',');
var command = CommandLine.Read(args, "Finds reviews that are like a given one, by the vectors that a network makes of them.", files);
var mlContext = new MLContext(seed: 1);
var (train, test) = files.Load(mlContext, command, GeneratedReviews.All(), command.Quick ? 1_500 : 4_000, maxRows: command.Quick ? 3_000 : null);

// A network that tells the product's class and the verdict from a review's texts: reviews that are near each other in it are alike in both.
var (model, _) = Training.Fit((progress, cancellationToken) => mlContext.MultiOutput().Trainers.MultiEmbedding(new()
{
    Labels = [LabelColumn.Binary(nameof(Review.Recommended)), LabelColumn.Multiclass(nameof(Review.Class))],
    Columns =
    [
        InputColumn.Text(nameof(Review.Title), encoder: SequenceEncoder.Attention()) with { Table = "Words" },
        InputColumn.Text(nameof(Review.Body), encoder: SequenceEncoder.Attention()) with { Table = "Words" },
    ],
    HiddenUnits = [32],
    MaxEpochs = command.Quick ? 6 : 10,
    Progress = progress,
    CancellationToken = cancellationToken,
}).Fit(train));

Screen.Heading("Model and picture");
model.History.SavePlot(command.Write("training.png"));
string modelFile = command.Write("vectors.zip");
mlContext.Model.SaveAtomically(model.Features("Vector"), train.Schema, modelFile); // a step that adds a review's vector, and needs no label

ITransformer features = new MLContext().Model.Load(modelFile, out _);
var index = EmbeddingVectors.Of(features.Transform(train), nameof(Review.Body), "Vector");

Screen.Heading("How alike the nearest of the training reviews are to the test reviews");
Review[] known = Reviews(train), asked = Reviews(test);
Review[] nearest = [.. features.Transform(test).GetColumn<float[]>("Vector").Select(vector => known[index.Nearest(vector, 1)[0].Index])];
var random = new Random(1);
Review[] drawn = [.. asked.Select(_ => random.One(known))];
var shares = Screen.Table("Shared with the test review", " Nearest", " Any");
AddShares("class", (one, other) => one.Class == other.Class);
AddShares("recommendation", (one, other) => one.Recommended == other.Recommended);
AddShares("both", (one, other) => one.Class == other.Class && one.Recommended == other.Recommended);
AnsiConsole.Write(shares);

Screen.Heading($"The nearest of {index.Count} reviews");
using var engine = mlContext.Model.CreatePredictionEngine<Review, ReviewVector>(features);
var table = Screen.Table("New review", "Nearest, with the cosine of their vectors").ShowRowSeparators();
foreach (string text in new[] { "A lovely dress, it fits perfectly", "These jeans are too tight and went back", "The sweater is itchy and looks cheap" })
{
    var near = index.Nearest(engine.Predict(new Review { Body = text }).Vector, 3);
    table.AddRow(new Text(text), new Text(string.Join("\n", near.Select(found => $"{found.Similarity:F2}  {found.Term}"))));
}
AnsiConsole.Write(table);

Review[] Reviews(IDataView view) => [.. mlContext.Data.CreateEnumerable<Review>(view, reuseRowObject: false)];

void AddShares(string what, Func<Review, Review, bool> isShared) => shares.AddRow(what, Share(nearest, isShared), Share(drawn, isShared));

string Share(Review[] found, Func<Review, Review, bool> isShared) =>
    $"{asked.Zip(found, (one, other) => isShared(one, other) ? 100.0 : 0).Average():F1} %";
