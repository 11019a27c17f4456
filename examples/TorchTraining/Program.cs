using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;
using ReviewRecommendation;
using Spectre.Console;
using TorchTraining;

var files = new DataFiles("clothing-reviews", ',');
var command = CommandLine.Read(args, "Trains one network twice, with the library's own kernels and with torch, side by side.", files, hasGpu: true);
var mlContext = new MLContext(seed: 1) { GpuDeviceId = command.Gpu };
var (train, test) = files.Load(mlContext, command, GeneratedReviews.All(), command.Quick ? 1_500 : 4_000, maxRows: command.Quick ? 3_000 : null);

var (kernels, kernelsTime) = Fit(TrainingBackend.Kernels);
var (torch, torchTime) = Fit(TrainingBackend.Torch);

Screen.Heading("Side by side");
TrainingHistory ours = kernels.History(), theirs = torch.History();
var table = Screen.Table(
    " Epoch", " Loss, kernels", " Loss, torch", " Validation, kernels", " Validation, torch", " Seconds, kernels", " Seconds, torch");
foreach (var (one, other) in ours.Epochs.Zip(theirs.Epochs))
{
    table.AddRow(
        $"{one.Epoch}", $"{one.TrainingLoss:F4}", $"{other.TrainingLoss:F4}", $"{one.ValidationLoss:F4}", $"{other.ValidationLoss:F4}",
        $"{one.Duration.TotalSeconds:F2}", $"{other.Duration.TotalSeconds:F2}");
}
AnsiConsole.Write(table);
AnsiConsole.MarkupLineInterpolated($"Best validation loss: kernels [bold]{Best(ours):F4}[/], torch [bold]{Best(theirs):F4}[/].");
AnsiConsole.MarkupLine("[grey]The first weights are the same; the order of the rows and what dropout drops are not.[/]");
MeasureTable.Print(("Kernels", Evaluate(kernels), kernelsTime), ("Torch", Evaluate(torch), torchTime));

// Loading and scoring need no torch, whichever engine trained the model.
Screen.Heading("Model and picture");
theirs.SavePlot(command.Write("training.png"));
mlContext.Model.SaveAtomically(torch, train.Schema, command.Write("reviews.zip"));

(TransformerChain<MultiEmbeddingTransformer> Model, TimeSpan Time) Fit(TrainingBackend backend)
{
    Screen.Heading($"{backend}, on {(backend == TrainingBackend.Torch && command.Gpu is { } gpu ? $"GPU {gpu}" : "the CPU")}");
    try
    {
        return Training.Fit((progress, cancellationToken) => ReviewNetwork.Create(mlContext, backend, command.Quick, progress, cancellationToken).Fit(train));
    }
    catch (Exception missing) when (missing is DllNotFoundException or InvalidOperationException)
    {
        // No libtorch, or no such GPU: the message says which package to add.
        return Screen.End<(TransformerChain<MultiEmbeddingTransformer>, TimeSpan)>(missing.Message, exitCode: 1);
    }
}

CalibratedBinaryClassificationMetrics Evaluate(ITransformer of) =>
    mlContext.BinaryClassification.Evaluate(of.Transform(test), labelColumnName: nameof(Review.Recommended));

static double Best(TrainingHistory history) => history.Epochs.Min(epoch => epoch.ValidationLoss!.Value);
