using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;
using Spectre.Console;
using TablePrediction;

var files = new DataFiles("adult", ',');
var command = CommandLine.Read(args, "Learns from a table of customers, of categories and numbers, whose income is high; beside boosted trees.", files);
var mlContext = new MLContext(seed: 1);
var (train, test) = files.Load(mlContext, command, GeneratedCustomers.All(), command.Quick ? 4_000 : 20_000, maxRows: command.Quick ? 8_000 : null);

// No column is named but the label: the others are read by their types and values.
var (model, time) = Training.Fit((progress, cancellationToken) => mlContext.BinaryClassification.Trainers.MultiEmbedding(new()
{
    LabelColumnName = nameof(Customer.HighIncome),
    Effort = command.Quick ? TrainingEffort.Quick : TrainingEffort.Normal,
    Progress = progress,
    CancellationToken = cancellationToken,
}).Fit(train));

Screen.Heading("What was chosen");
var settings = model.Settings!;
var chosen = Screen.Table("Column", "Read as");
foreach (var column in settings.Columns) chosen.AddRow(column.Name, column.GetType().Name.Replace("Column", "").ToLowerInvariant());
AnsiConsole.Write(chosen);
AnsiConsole.WriteLine($"Networks: {settings.Members}, hidden units: {string.Join(" and ", settings.HiddenUnits)}, epochs: {settings.MaxEpochs}");

// What ML.NET offers for tables, to compare with: a column for each value of a category, then LightGBM's boosted trees with its defaults.
var (trees, treesTime) = Training.Time(() => mlContext.Transforms.Categorical
    .OneHotEncoding([.. Customer.Categories.Select(name => new InputOutputColumnPair(name))])
    .Append(mlContext.Transforms.Concatenate("Features", [.. Customer.Categories, .. Customer.Numbers]))
    .Append(mlContext.BinaryClassification.Trainers.LightGbm(labelColumnName: nameof(Customer.HighIncome)))
    .Fit(train));
MeasureTable.Print(("Embeddings", Evaluate(model), time), ("LightGBM", Evaluate(trees), treesTime));

Screen.Heading("Model and pictures");
model.History.SavePlot(command.Write("training.png"));
mlContext.ColumnImportance(model, mlContext.Data.TakeRows(test, 1_000)).SavePlot(command.Write("importance.png"));
string modelFile = command.Write("customers.zip");
mlContext.Model.SaveAtomically(model, train.Schema, modelFile);

Screen.Heading("A data frame of new customers, scored by the saved model and sorted");
ITransformer loaded = new MLContext().Model.Load(modelFile, out _);
FrameReport.Print(
    loaded.Score(NewCustomers.Frame()).OrderByDescending("Probability"),
    "Occupation", "Degree", "Age", "HoursPerWeek", "CapitalGain", "PredictedLabel", "Probability");

Screen.Heading("Single predictions: how likely a married woman with a bachelor's degree has a high income");
using var engine = mlContext.Model.CreatePredictionEngine<Customer, IncomeGuess>(loaded);
float[] ages = [20, 30, 40, 50, 60, 70];
var table = Screen.Table(["Occupation", .. ages.Select(age => $" At {age}")]);
foreach (string? occupation in new[] { "Exec-managerial", "Sales", "Craft-repair", "Other-service", "Astronaut", null })
    table.AddRow([occupation ?? "(not known)", .. ages.Select(age => $"{engine.Predict(NewCustomers.With(occupation, age)).Probability:P0}")]);
AnsiConsole.Write(table);

CalibratedBinaryClassificationMetrics Evaluate(ITransformer of) =>
    mlContext.BinaryClassification.Evaluate(of.Transform(test), labelColumnName: nameof(Customer.HighIncome));
