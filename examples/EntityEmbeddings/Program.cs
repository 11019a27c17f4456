using EntityEmbeddings;
using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;

Screen.Prepare();
var files = new DataFiles("flight-delays", ',') { Parent = "suite" };
var about = new About(
    "Learns vectors of airports and carriers from flights that were late, and hands them to LightGBM in the place of one-hot columns.", "flights", files);
if (!CommandLine.TryParse(args, about, out var command, out int exitCode)) return exitCode;
if (command.ScoreOnly) return Scoring.Run(command.ModelFile);

var mlContext = new MLContext(command.Seed);
var settings = command.Quick ? Settings.Quick : Settings.Full;

Screen.Heading(command.DataFolder is null ? "Generated flights" : "Flights");
var (train, test) = command.DataFolder is null
    ? GeneratedFlights.Load(mlContext, settings.GeneratedFlights)
    : files.Load<Flight>(mlContext, command.DataFolder, settings.MaxFileFlights);
DataReport.Print<Flight>(mlContext, (train, test),
    ("Late", flights => $"{flights.Average(flight => flight.Late ? 100 : 0):F1} %"),
    ("Airports", flights => $"{flights.Select(flight => flight.Origin).Distinct().Count():N0}"),
    ("Carriers", flights => $"{flights.Select(flight => flight.Carrier).Distinct().Count():N0}"));

Screen.Heading("Training");
var ours = Training.Fit((progress, cancellationToken) => Pipelines.Network(mlContext, settings, progress, cancellationToken).Fit(train));
if (ours is null) return Training.Cancelled();
var embedded = Training.Time(() => Pipelines.EmbeddedTrees(mlContext, ours.Model, train));
var oneHot = Training.Time(() => Pipelines.OneHotTrees(mlContext).Fit(train));

Screen.Heading("Evaluation on the test flights");
BinaryReport.Print("Late", "In time",
    Candidate("LightGBM, embeddings", embedded.Model, ours.Time + embedded.Time),
    Candidate("LightGBM, one-hot", oneHot.Model, oneHot.Time),
    Candidate("Network", ours.Model, ours.Time));

Screen.Heading("Saving");
mlContext.Model.SaveAtomically(embedded.Model, train.Schema, command.ModelFile);
ours.Model.History.SavePlot(command.PictureFile, new() { Title = "Delays" });
SavingReport.Print(command.ModelFile, command.PictureFile);

return FreshProcess.Run("--score", "--model", command.ModelFile);

Candidate<CalibratedBinaryClassificationMetrics> Candidate(string name, ITransformer model, TimeSpan fitTime) =>
    new(name, mlContext.BinaryClassification.Evaluate(model.Transform(test), labelColumnName: nameof(Flight.Late)), fitTime);
