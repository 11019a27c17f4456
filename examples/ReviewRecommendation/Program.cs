using Examples;
using Microsoft.ML;
using MLNet.Embeddings;
using ReviewRecommendation;
using Spectre.Console;

var files = new DataFiles("clothing-reviews", ',');
var command = CommandLine.Read(args, "Learns from product reviews whether the reviewer recommends the product.", files);
var mlContext = new MLContext(seed: 1);
var (train, test) = files.Load(mlContext, command, GeneratedReviews.All(), command.Quick ? 1_200 : 2_000, maxRows: command.Quick ? 3_000 : null);

// Columns as they stand in the file, named by kind; all else is chosen by the data.
var (model, time) = Training.Fit((progress, cancellationToken) => mlContext.BinaryClassification.Trainers.MultiEmbedding(new()
{
    LabelColumnName = nameof(Review.Recommended),
    Columns =
    [
        InputColumn.Text(nameof(Review.Title)),
        InputColumn.Text(nameof(Review.Body)),
        InputColumn.Category(nameof(Review.Division)),
        InputColumn.Category(nameof(Review.Department)),
        InputColumn.Category(nameof(Review.Class)),
        InputColumn.Number(nameof(Review.Age)),
    ],
    Effort = command.Quick ? TrainingEffort.Quick : TrainingEffort.Normal,
    Progress = progress,
    CancellationToken = cancellationToken,
}).Fit(train));

var scored = model.Transform(test);
MeasureTable.Print(("Embeddings", mlContext.BinaryClassification.Evaluate(scored, nameof(Review.Recommended)), time));

Screen.Heading("Model and pictures");
model.History.SavePlot(command.Write("training.png"));
mlContext.BinaryClassification.SaveRocPlot(scored, command.Write("roc.png"), nameof(Review.Recommended));
mlContext.BinaryClassification.SaveCalibrationPlot(scored, command.Write("calibration.png"), nameof(Review.Recommended));
string modelFile = command.Write("reviews.zip");
mlContext.Model.SaveAtomically(model, train.Schema, modelFile);

// What a service does: no TorchSharp, no training data.
Screen.Heading("Single predictions of the saved model");
ITransformer loaded = new MLContext().Model.Load(modelFile, out _);
using var engine = mlContext.Model.CreatePredictionEngine<Review, Recommendation>(loaded);
var table = Screen.Table("Review", "Class", " Probability", "Recommended").ShowRowSeparators();
foreach (var review in NewReviews.All)
{
    var prediction = engine.Predict(review);
    table.AddRow(
        Markup.FromInterpolated($"[bold]{review.Title ?? "(no title)"}[/]\n[grey]{review.Body ?? "(no body)"}[/]"), new Text(review.Class ?? "(none)"),
        new Text($"{prediction.Probability:F3}"), new Markup(prediction.Recommended ? "[green]yes[/]" : "[red]no[/]"));
}
AnsiConsole.Write(table);

Screen.Heading("A data frame, scored and sorted");
FrameReport.Print(
    loaded.Score(NewReviews.ToFrame()).OrderByDescending("Probability"), "Title", "Department", "Class", "Age", "PredictedLabel", "Probability");
