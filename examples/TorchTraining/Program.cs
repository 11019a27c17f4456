using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;
using ReviewRecommendation;
using TorchTraining;

Screen.Prepare();
var files = new DataFiles("clothing-reviews", ',');
var about = new About("Trains one network twice, with the library's own kernels and with torch, side by side.", "reviews", files) { HasGpu = true };
if (!CommandLine.TryParse(args, about, out var command, out int exitCode)) return exitCode;
if (command.ScoreOnly) return TorchTraining.Scoring.Run(command.ModelFile);

var mlContext = new MLContext(command.Seed) { GpuDeviceId = command.Gpu };
var settings = command.Quick ? Settings.Quick : Settings.Full;

Screen.Heading(command.DataFolder is null ? "Generated reviews" : "Clothing reviews");
var (train, test) = command.DataFolder is null
    ? GeneratedReviews.Load(mlContext, settings.GeneratedReviews)
    : files.Load<Review>(mlContext, command.DataFolder, settings.MaxFileReviews);
DataReport.Print<Review>(mlContext, (train, test), ("Recommended", reviews => $"{reviews.Average(review => review.Recommended ? 100 : 0):F1} %"));

Screen.Heading("Training with the library's own kernels, on the CPU");
var kernels = Fit(TrainingBackend.Kernels);
if (kernels is null) return Training.Cancelled();
SavingReport.PrintProcess();

Screen.Heading($"Training with torch, on {(command.Gpu is { } gpu ? $"GPU {gpu}" : "the CPU")}");
Fitted<TransformerChain<MultiEmbeddingTransformer>>? torch;
try
{
    torch = Fit(TrainingBackend.Torch);
}
catch (Exception missing) when (missing is DllNotFoundException or InvalidOperationException)
{
    return Screen.Fail(missing.Message, exitCode: 1); // no libtorch, or no such GPU: the message says which package to add
}
if (torch is null) return Training.Cancelled();

Screen.Heading("Side by side");
EngineReport.Print(kernels.Model.LastTransformer.History, torch.Model.LastTransformer.History);
BinaryReport.Print("Recommended", "Not recommended", Evaluate("Kernels", kernels), Evaluate("Torch", torch));

Screen.Heading("Saving");
mlContext.Model.SaveAtomically(torch.Model, train.Schema, command.ModelFile);
torch.Model.LastTransformer.History.SavePlot(command.PictureFile, new() { Title = "Recommendation, trained by torch" });
SavingReport.Print(command.ModelFile, command.PictureFile);

return FreshProcess.Run("--score", "--model", command.ModelFile);

Fitted<TransformerChain<MultiEmbeddingTransformer>>? Fit(TrainingBackend backend) => Training.Fit(
    (progress, cancellationToken) => ReviewNetwork.Create(mlContext, backend, settings, command.Seed, progress, cancellationToken).Fit(train),
    model => model.LastTransformer.History);

Candidate<CalibratedBinaryClassificationMetrics> Evaluate(string name, Fitted<TransformerChain<MultiEmbeddingTransformer>> fitted) =>
    new(name, mlContext.BinaryClassification.Evaluate(fitted.Model.Transform(test), labelColumnName: nameof(Review.Recommended)), fitted.Time);
