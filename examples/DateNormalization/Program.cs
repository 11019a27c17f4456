using DateNormalization;
using Examples;
using Microsoft.ML;

Screen.Prepare();
var about = new About($"Learns to bring dates that are written in {Ways.Count} ways into one.", "dates", Files: null);
if (!CommandLine.TryParse(args, about, out var command, out int exitCode)) return exitCode;
if (command.ScoreOnly) return Scoring.Run(command.ModelFile);

var mlContext = new MLContext(command.Seed);
var settings = command.Quick ? Settings.Quick : Settings.Full;

Screen.Heading("Generated dates");
var (train, test) = GeneratedDates.Load(mlContext, settings.TrainingDates, settings.TestDates);
DataReport.Print<WrittenDate>(mlContext, (train, test),
    ("Ways of writing", dates => $"{dates.DistinctBy(date => date.Way).Count()}"),
    ("Different dates", dates => $"{dates.DistinctBy(date => date.Date).Count():N0}"),
    ("Longest", dates => $"{dates.Max(date => date.Written.Length)} characters"));

Screen.Heading("Training");
var network = Training.Fit(
    (progress, cancellationToken) => DatePipeline.Create(mlContext, settings, progress, cancellationToken).Fit(train), model => model.History);
if (network is null) return Training.Cancelled();

Screen.Heading("Evaluation on unseen dates");
var scored = network.Model.Transform(test);
SequenceReport.PrintMetrics(mlContext.EvaluateSequences(scored, nameof(NormalizedDate.Normalized)), network.Time, "character");
WayReport.Print(mlContext.Data.CreateEnumerable<TestedDate>(scored, reuseRowObject: false));

Screen.Heading("Saving");
mlContext.Model.SaveAtomically(network.Model, train.Schema, command.ModelFile);
network.Model.History.SavePlot(command.PictureFile, new() { Title = "Dates" });
SavingReport.Print(command.ModelFile, command.PictureFile);

return FreshProcess.Run("--score", "--model", command.ModelFile);
