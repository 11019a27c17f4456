using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using TablePrediction;

Screen.Prepare();
var files = new DataFiles("adult", ',');
var about = new About("Learns from a table of customers, of categories and numbers, whose income is high; beside boosted trees.", "customers", files);
if (!CommandLine.TryParse(args, about, out var command, out int exitCode)) return exitCode;
if (command.ScoreOnly) return Scoring.Run(command.ModelFile);

var mlContext = new MLContext(command.Seed);
var settings = command.Quick ? Settings.Quick : Settings.Full;

Screen.Heading(command.DataFolder is null ? "Generated customers" : "Adult");
var (train, test) = command.DataFolder is null
    ? GeneratedCustomers.Load(mlContext, settings.GeneratedCustomers)
    : files.Load<Customer>(mlContext, command.DataFolder, settings.MaxFileCustomers);
DataReport.Print<Customer>(mlContext, (train, test),
    ("High income", customers => $"{customers.Average(customer => customer.HighIncome ? 100 : 0):F1} %"),
    ("No occupation", customers => $"{customers.Count(customer => customer.Occupation is null or "" or "?"):N0}"),
    ("Mean age", customers => $"{customers.Where(customer => !float.IsNaN(customer.Age)).Average(customer => customer.Age):F1}"),
    ("Mean hours", customers => $"{customers.Average(customer => customer.HoursPerWeek):F1}"));

Screen.Heading("Training");
var ours = Training.Fit((progress, cancellationToken) => IncomeTrainer.Create(mlContext, settings, progress, cancellationToken).Fit(train));
if (ours is null) return Training.Cancelled();
SettingsReport.Print(ours.Model.Settings!);
var trees = Training.Time(() => TreePipeline.Create(mlContext).Fit(train));

Screen.Heading("Evaluation on the test customers");
BinaryReport.Print("High income", "Lower income", Candidate("Embeddings", ours.Model, ours.Time), Candidate("LightGBM", trees.Model, trees.Time));

Screen.Heading("Saving");
mlContext.Model.SaveAtomically(ours.Model, train.Schema, command.ModelFile);
ours.Model.History.SavePlot(command.PictureFile, new() { Title = "High income" });
SavingReport.Print(command.ModelFile, command.PictureFile);

return FreshProcess.Run("--score", "--model", command.ModelFile);

Candidate<CalibratedBinaryClassificationMetrics> Candidate(string name, ITransformer model, TimeSpan fitTime) =>
    new(name, mlContext.BinaryClassification.Evaluate(model.Transform(test), labelColumnName: nameof(Customer.HighIncome)), fitTime);
