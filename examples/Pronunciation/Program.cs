using Examples;
using Microsoft.ML;
using Pronunciation;
using Spectre.Console;

Screen.Prepare();
var files = new DataFiles("g2p-small", '\t');
var about = new About("Learns from a dictionary how words are spoken.", "words", files);
if (!CommandLine.TryParse(args, about, out var command, out int exitCode)) return exitCode;
if (command.ScoreOnly) return Scoring.Run(command.ModelFile);

var mlContext = new MLContext(command.Seed);
var settings = command.Quick ? Settings.Quick : Settings.Full;

Screen.Heading(command.DataFolder is null ? "Generated words" : "Words of the CMU pronouncing dictionary");
var (train, test) = command.DataFolder is null
    ? GeneratedWords.Load(mlContext, settings.GeneratedWords)
    : files.Load<Word>(mlContext, command.DataFolder, settings.MaxFileWords);
DataReport.Print<Word>(mlContext, (train, test),
    ("Different letters", words => $"{words.SelectMany(word => word.Spelling).Distinct().Count()}"),
    ("Different phonemes", words => $"{words.SelectMany(word => word.Phonemes.Split(' ')).Distinct().Count()}"),
    ("Phonemes of a word", words => $"{words.Average(word => word.Phonemes.Split(' ').Length):F1}"));

Screen.Heading("Training");
var network = Training.Fit(
    (progress, cancellationToken) => SpeechPipeline.Create(mlContext, settings, progress, cancellationToken).Fit(train), model => model.History);
if (network is null) return Training.Cancelled();

Screen.Heading("Evaluation on the test words");
SequenceReport.PrintMetrics(mlContext.EvaluateSequences(network.Model.Transform(test), nameof(SpokenWord.Spoken)), network.Time, "phoneme");
if (command.DataFolder is not null)
    AnsiConsole.MarkupLine(
        "[grey]Published systems, with six times as many words of this dictionary, reach an exact match of about 0.75 and an error rate of about 0.06.[/]");

Screen.Heading("Saving");
mlContext.Model.SaveAtomically(network.Model, train.Schema, command.ModelFile);
network.Model.History.SavePlot(command.PictureFile, new() { Title = "Pronunciation" });
SavingReport.Print(command.ModelFile, command.PictureFile);

return FreshProcess.Run("--score", "--model", command.ModelFile);
