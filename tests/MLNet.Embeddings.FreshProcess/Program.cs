using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using Microsoft.ML;
using MLNet.Embeddings;
using MLNet.Embeddings.FreshProcess;

// Loads a model in a process that only references the library, scores the reviews of a file, and prints what it found:
// a line "engine" or "transform" per review and way of scoring, one "evaluated" line, a line per native torch module, and one of the widest vectors' bits.
// With "train" in the place of a model, it trains one on the reviews' titles, bodies, departments and ages.
if (args is not [var modelPath, var reviewsPath])
{
    Console.Error.WriteLine("Usage: MLNet.Embeddings.FreshProcess MODEL REVIEWS; with train for MODEL, a model of the reviews themselves");
    return 2;
}

var mlContext = new MLContext(seed: 1);
var reviews = mlContext.Data.LoadFromTextFile<Review>(reviewsPath, separatorChar: '\t', hasHeader: true);
var model = modelPath == "train" ? Train() : mlContext.Model.Load(modelPath, out _);

using var engine = mlContext.Model.CreatePredictionEngine<Review, Prediction>(model);
foreach (var review in mlContext.Data.CreateEnumerable<Review>(reviews, reuseRowObject: false)) Print("engine", engine.Predict(review));

var scored = model.Transform(reviews);
foreach (var prediction in mlContext.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false)) Print("transform", prediction);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"evaluated {mlContext.BinaryClassification.Evaluate(scored, "Recommended").AreaUnderRocCurve:R}"));

foreach (ProcessModule module in Process.GetCurrentProcess().Modules)
{
    if (module.ModuleName.Contains("torch", StringComparison.OrdinalIgnoreCase)) Console.WriteLine($"module {module.ModuleName}");
}
Console.WriteLine($"vectors {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0)}");
return 0;

ITransformer Train() => mlContext.Transforms.Categorical.IndexCategories("DepartmentKey", "Department")
    .Append(mlContext.Transforms.Text.IndexTokens("TitleKeys", "Title"))
    .Append(mlContext.Transforms.Text.IndexTokens("BodyKeys", "Body"))
    .Append(mlContext.BinaryClassification.Trainers.MultiEmbedding(new()
    {
        LabelColumnName = "Recommended",
        Columns =
        [
            InputColumn.Sequence("TitleKeys", 8, SequenceEncoder.Lstm(8, readout: GruReadout.Attention)),
            InputColumn.Sequence("BodyKeys", 8, SequenceEncoder.Gru(8)),
            InputColumn.Category("DepartmentKey"), InputColumn.Number("Age"),
        ],
        HiddenUnits = [64],
        ValidationFraction = 0,
        MaxEpochs = 3,
        Seed = 1,
    }))
    .Fit(reviews);

static void Print(string way, Prediction prediction) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{way} {prediction.PredictedLabel} {prediction.Score:R} {prediction.Probability:R}"));
