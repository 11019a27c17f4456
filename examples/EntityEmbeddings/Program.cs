using EntityEmbeddings;
using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;
using Spectre.Console;

var files = new DataFiles("suite/flight-delays", ',');
var command = CommandLine.Read(
    args, "Learns vectors of airports and carriers from flights that were late, and hands them to LightGBM in the place of one-hot columns.", files);
var mlContext = new MLContext(seed: 1);
var (train, test) = files.Load(mlContext, command, GeneratedFlights.All(), command.Quick ? 12_000 : 30_000, maxRows: command.Quick ? 12_000 : null);

// One network with a vector of six numbers for each value of a category.
var (network, time) = Training.Fit((progress, cancellationToken) => mlContext.BinaryClassification.Trainers.MultiEmbedding(new()
{
    LabelColumnName = nameof(Flight.Late),
    Columns = [.. Flight.Categories.Select(name => InputColumn.Category(name, dimensions: 6)), InputColumn.Number(nameof(Flight.Departure))],
    HiddenUnits = [64, 32],
    MaxEpochs = command.Quick ? 8 : 20,
    Progress = progress,
    CancellationToken = cancellationToken,
}).Fit(train));

// Trees over what the network has learned: a category's vector in the place of its value (Guo and Berkhahn 2016, arXiv 1604.06737).
var vectors = new TransformerChain<ITransformer>([.. Flight.Categories.Select(name => network.Features($"{name}Vector", name))]);
var (embedded, embeddedTime) = Training.Time(() => new TransformerChain<ITransformer>(
    vectors, Trees([.. Flight.Categories.Select(name => $"{name}Vector")]).Fit(vectors.Transform(train))));

// What ML.NET offers for categories: a column for each of their values.
var (oneHot, oneHotTime) = Training.Time(() => mlContext.Transforms.Categorical
    .OneHotEncoding([.. Flight.Categories.Select(name => new InputOutputColumnPair(name))]).Append(Trees(Flight.Categories)).Fit(train));

MeasureTable.Print(
    ("LightGBM, embeddings", Evaluate(embedded), time + embeddedTime), ("LightGBM, one-hot", Evaluate(oneHot), oneHotTime),
    ("Network", Evaluate(network), time));

Screen.Heading("Model and pictures");
network.History.SavePlot(command.Write("training.png"));
network.Vectors(nameof(Flight.Carrier)).SavePlot(command.Write("carriers.png"));
string modelFile = command.Write("flights.zip");
mlContext.Model.SaveAtomically(embedded, train.Schema, modelFile);

Screen.Heading("Airports of the saved model that are late as the most frequented ones are");
var airports = new MLContext().Model.Load(modelFile, out _).Vectors(nameof(Flight.Origin));
var table = Screen.Table("Airport", "Nearest, with the cosine of their vectors").ShowRowSeparators();
foreach (string airport in airports.Terms.Take(6))
    table.AddRow(airport, string.Join("\n", airports.Nearest(airport, 3).Select(near => $"{near.Similarity:F2}  {near.Term}")));
AnsiConsole.Write(table);

IEstimator<ITransformer> Trees(string[] columns) => mlContext.Transforms.Concatenate("Features", [.. columns, nameof(Flight.Departure)])
    .Append(mlContext.BinaryClassification.Trainers.LightGbm(labelColumnName: nameof(Flight.Late)));

CalibratedBinaryClassificationMetrics Evaluate(ITransformer of) =>
    mlContext.BinaryClassification.Evaluate(of.Transform(test), labelColumnName: nameof(Flight.Late));
