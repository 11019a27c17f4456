using DateNormalization;
using Examples;
using Microsoft.ML;
using MLNet.Embeddings;
using Spectre.Console;

var command = CommandLine.Read(args, $"Learns to bring dates that are written in {Ways.Count} ways into one.");
var mlContext = new MLContext(seed: 1);
var (train, test) = GeneratedDates.Load(mlContext, command.Quick ? 4_000 : 20_000, command.Quick ? 500 : 2_000);

// Dates are read and written character by character. Regularization is weak, since a date is written by rules and the network is small.
var characters = new TokenIndexingOptions { Split = TokenSplit.Character };
var (model, time) = Training.Fit((progress, cancellationToken) => mlContext.Transforms.Text
    .SequenceToSequence(nameof(NormalizedDate.Normalized), nameof(WrittenDate.Written), nameof(WrittenDate.Date), new()
    {
        SourceTokens = characters,
        TargetTokens = characters,
        SourceDimensions = 32,
        TargetDimensions = 32,
        Units = 128,
        Decoding = new() { Alternatives = 3 },
        Regularization = new() { Dropout = 0.1 },
        BatchSize = 64,
        LearningRate = 0.005,
        MaxEpochs = command.Quick ? 8 : 12,
        Progress = progress,
        CancellationToken = cancellationToken,
    })
    .Fit(train));

var scored = model.Transform(test);
MeasureTable.Print(("Network", mlContext.EvaluateSequences(scored, nameof(NormalizedDate.Normalized)), time));
var ways = Screen.Table("Written like", " Test dates", " Right", "The first wrong one");
foreach (var way in mlContext.Data.CreateEnumerable<NormalizedDate>(scored, reuseRowObject: false, ignoreMissingColumns: true).GroupBy(date => date.Way))
{
    var wrong = way.FirstOrDefault(date => date.Normalized != date.Date);
    double right = way.Average(date => date.Normalized == date.Date ? 100 : 0);
    ways.AddRow(way.Key, $"{way.Count():N0}", $"{right:F1} %", wrong is null ? "–" : $"{wrong.Normalized} for {wrong.Date}");
}
AnsiConsole.Write(ways);

Screen.Heading("Model and pictures");
model.History.SavePlot(command.Write("training.png"));
string modelFile = command.Write("dates.zip");
mlContext.Model.SaveAtomically(model, train.Schema, modelFile);
using var engine = mlContext.Model.CreatePredictionEngine<WrittenDate, NormalizedDate>(new MLContext().Model.Load(modelFile, out _));
string[] dates =
[
    "the 3rd of march, 1999", "3/3/99 (us)", "Wed 3 Mar 1999", "twenty-first of July 1969", "9 nov '89", "12/1/2031 (us)", "12/1/2031 (uk)", "29.II.2000",
    "3 march 99, a wednesday", "99-03-03", "tomorrow", // in ways that were not learned
];
var normalized = dates.Select(date => (Given: date, Found: engine.Predict(new WrittenDate { Written = date }))).ToArray();
var (given, found) = normalized[0];
new AttentionMap(Characters(given), Characters(found.Normalized), found.Attention).SavePlot(command.Write("attention.png"));

Screen.Heading("New dates, normalized by the saved model");
SequenceReport.Print(normalized.Select(date => (date.Given, date.Found.LogProbability, date.Found.Alternatives)));

static string[] Characters(string text) => [.. text.Select(character => $"{character}")];
