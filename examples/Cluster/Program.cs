using Cluster;
using Examples;
using Microsoft.ML;
using MLNet.Embeddings;
using ReviewRecommendation;
using Spectre.Console;

if (args is [SiloProcess.Role, ..])
{
    await SiloProcess.RunAsync(args);
    return;
}

var files = new DataFiles("clothing-reviews", ',');
var command = CommandLine.Read(args, "Trains and scores on three silos of Orleans, in processes of their own.", files,
    more: ("--chaos", "a silo is killed in training, and one in scoring"));
var mlContext = new MLContext(seed: 1);
var (train, test) = files.Load(mlContext, command, GeneratedReviews.All(), command.Quick ? 2_400 : 12_000, maxRows: command.Quick ? 3_000 : null);
var folder = Directory.CreateTempSubdirectory("cluster-");
ReviewShards.Write(mlContext, train, Path.Combine(folder.FullName, "reviews"));
var shards = Shards.Files("reviews/*.csv", ReviewShards.Loader(mlContext));

// What a cluster trains: one network, described or chosen by the data.
var options = new MultiEmbeddingOptions
{
    Labels = [LabelColumn.Binary(nameof(Review.Recommended))],
    Columns =
    [
        InputColumn.Text(nameof(Review.Title)), InputColumn.Text(nameof(Review.Body)), InputColumn.Category(nameof(Review.Division)),
        InputColumn.Category(nameof(Review.Department)), InputColumn.Category(nameof(Review.Class)), InputColumn.Number(nameof(Review.Age)),
    ],
    Members = 1,
    Wide = false,
    MaxEpochs = command.Quick ? 6 : null,
    Seed = 1,
};

const int Silos = 3;
var silos = await LocalSilos.StartAsync(Silos, cores: Math.Max(1, Environment.ProcessorCount / Silos), folder.FullName);
var random = new Random();
AnsiConsole.MarkupLineInterpolated($"Three silos have [bold]{ReviewShards.Count}[/] shards.");

var (model, time) = Training.Fit((progress, token) => silos.Client.FitAsync(
    options, shards, progress: command.Has("--chaos") ? new Chaos(progress, silos, random) : progress, token: token).GetAwaiter().GetResult());

var (single, singleTime) = Training.Fit((progress, token) => mlContext.BinaryClassification.Trainers.MultiEmbedding(options with
{
    Progress = progress,
    CancellationToken = token,
}).Fit(train));

MeasureTable.Print(
    ("Three silos", mlContext.BinaryClassification.Evaluate(model.Transform(test), nameof(Review.Recommended)), time),
    ("One process", mlContext.BinaryClassification.Evaluate(single.Transform(test), nameof(Review.Recommended)), singleTime));

Screen.Heading("Rounds");
var rounds = model.History.Rounds!;
double rows = (double)model.History.TrainingRows * model.History.Epochs.Count, seconds = model.History.Epochs.Sum(epoch => epoch.Duration.TotalSeconds);
AnsiConsole.MarkupLineInterpolated($"{rounds.Rounds:N0} rounds of {rounds.Workers} workers, {rows / seconds:N0} rows per second.");
AnsiConsole.MarkupLineInterpolated(
    $"To a worker {rounds.BytesSent / 1024:N0} KiB a round, from it {rounds.BytesReceived / 1024:N0} KiB; the model has {rounds.ModelBytes / 1024:N0} KiB.");
AnsiConsole.MarkupLineInterpolated($"Workers lost: {rounds.LostWorkers}.");
string modelFile = command.Write("reviews.zip");
mlContext.Model.SaveAtomically(model, train.Schema, modelFile);

Screen.Heading("Scoring");
var scoring = silos.Client.ScoreAsync(modelFile, shards, output: "scored/");
if (command.Has("--chaos")) Chaos.Kill(silos, random);
var result = await scoring;
int written = result.Files.Sum(file => File.ReadLines(Path.Combine(folder.FullName, file.Path)).Count() - 1);
double perSecond = result.Rows / result.Duration.TotalSeconds;
AnsiConsole.MarkupLineInterpolated(
    $"{result.Rows:N0} rows of {result.Shards} shards are scored, {written:N0} are in their files; {perSecond:N0} rows per second.");
await silos.DisposeAsync();
folder.Delete(recursive: true);
