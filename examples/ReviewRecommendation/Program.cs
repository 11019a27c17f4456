using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using ReviewRecommendation;

Screen.Prepare();
var files = new DataFiles("clothing-reviews", ',');
var about = new About("Learns from product reviews whether the reviewer recommends the product.", "reviews", files);
if (!CommandLine.TryParse(args, about, out var command, out int exitCode)) return exitCode;
if (command.ScoreOnly) return Scoring.Run(command.ModelFile);

var mlContext = new MLContext(command.Seed);
var settings = command.Quick ? Settings.Quick : Settings.Full;

Screen.Heading(command.DataFolder is null ? "Generated reviews" : "Clothing reviews");
var (train, test) = command.DataFolder is null
    ? GeneratedReviews.Load(mlContext, settings.GeneratedReviews)
    : files.Load<Review>(mlContext, command.DataFolder, settings.MaxFileReviews);
DataReport.Print<Review>(mlContext, (train, test),
    ("Recommended", reviews => $"{reviews.Average(review => review.Recommended ? 100 : 0):F1} %"),
    ("No title", reviews => $"{reviews.Count(review => string.IsNullOrEmpty(review.Title)):N0}"),
    ("No body", reviews => $"{reviews.Count(review => string.IsNullOrEmpty(review.Body)):N0}"),
    ("Mean age", reviews => $"{reviews.Where(review => !float.IsNaN(review.Age)).Average(review => review.Age):F1}"));

Screen.Heading("Training");
var fitted = Training.Fit((progress, cancellationToken) => ReviewTrainer.Create(mlContext, settings, progress, cancellationToken).Fit(train));
if (fitted is null) return Training.Cancelled();

Screen.Heading("Evaluation on the test reviews");
var metrics = mlContext.BinaryClassification.Evaluate(fitted.Model.Transform(test), labelColumnName: nameof(Review.Recommended));
BinaryReport.Print("Recommended", "Not recommended", new Candidate<CalibratedBinaryClassificationMetrics>("Embeddings", metrics, fitted.Time));

Screen.Heading("Saving");
mlContext.Model.SaveAtomically(fitted.Model, train.Schema, command.ModelFile);
fitted.Model.History.SavePlot(command.PictureFile, new() { Title = "Recommendation" });
SavingReport.Print(command.ModelFile, command.PictureFile);

return FreshProcess.Run("--score", "--model", command.ModelFile);
