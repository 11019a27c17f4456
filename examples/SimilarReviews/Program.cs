using Examples;
using Microsoft.ML;
using ReviewRecommendation;
using SimilarReviews;

Screen.Prepare();
var files = new DataFiles("clothing-reviews", ',');
var about = new About("Finds reviews that are like a given one, by the vectors that a network makes of them.", "reviews", files);
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
    ("Classes", reviews => $"{reviews.Select(review => review.Class).Distinct().Count():N0}"));

Screen.Heading("Training");
var fitted = Training.Fit((progress, cancellationToken) => ReviewNetwork.Create(mlContext, settings, progress, cancellationToken).Fit(train));
if (fitted is null) return Training.Cancelled();

// A step that adds a review's vector; from here on the labels are not needed.
ITransformer features = fitted.Model.Features("Vector");

Screen.Heading("How alike the nearest of the training reviews are to the test reviews");
NeighborReport.Print(mlContext, features, train, test);

Screen.Heading("Saving");
mlContext.Model.SaveAtomically(features, train.Schema, command.ModelFile);
fitted.Model.History.SavePlot(command.PictureFile, new() { Title = "Class and recommendation" });
SavingReport.Print(command.ModelFile, command.PictureFile);

return FreshProcess.Run("--score", "--model", command.ModelFile);
