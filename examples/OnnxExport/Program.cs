using Examples;
using Microsoft.ML;
using MLNet.Embeddings;
using OnnxExport;
using Spectre.Console;

var command = CommandLine.Read(args, "Saves a model as an ONNX file, and scores raw rows by it in ONNX Runtime, beside the model in .NET.");
var mlContext = new MLContext(seed: 1);
var rows = mlContext.Data.LoadFromTextFile<Review>(Path.Combine(AppContext.BaseDirectory, "reviews.csv"), ',', hasHeader: true, allowQuoting: true);
var data = mlContext.Data.TrainTestSplit(rows, testFraction: 0.2, seed: 1);

var (model, _) = Training.Fit((progress, cancellationToken) => mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
{
    LabelColumnName = nameof(Review.Recommended),
    Columns =
    [
        InputColumn.Text(nameof(Review.Body)), InputColumn.Category(nameof(Review.Department)), InputColumn.Category(nameof(Review.Class)),
        InputColumn.Number(nameof(Review.Age)),
    ],
    Effort = TrainingEffort.Quick,
    MaxEpochs = command.Quick ? 3 : null,
    Progress = progress,
    CancellationToken = cancellationToken,
}).Fit(data.TrainSet));

Screen.Heading("The file");
string file = command.Write("model.onnx");
mlContext.Model.SaveOnnx(model, rows.Schema, file);
using var onnx = new OnnxReviews(file);
Console.WriteLine($"{new FileInfo(file).Length / 1024.0:F0} KB. {onnx.Columns}");

Review[] reviews = [.. mlContext.Data.CreateEnumerable<Review>(data.TestSet, reuseRowObject: false)];
var (ours, ourTime) = Best(() => ScoreInDotNet(reviews));
var (theirs, theirTime) = Best(() => onnx.Score(reviews));

Screen.Heading("The same rows in .NET and in ONNX Runtime");
var table = Screen.Table("Review", "Recommended", ".NET", " Probability", "ONNX Runtime", " Probability");
foreach (var (review, one, other) in reviews.Zip(ours, theirs).Take(8))
{
    string text = review.Body.Length > 40 ? review.Body[..40] + "…" : review.Body;
    table.AddRow(new Text(text), new Text(review.Recommended), new Text(one.Recommended), new Text($"{one.Probability:F6}"),
        new Text(other.Recommended), new Text($"{other.Probability:F6}"));
}
AnsiConsole.Write(table);
float difference = ours.Zip(theirs, (one, other) => Math.Abs(one.Probability - other.Probability)).Max();
int same = ours.Zip(theirs).Count(pair => pair.First.Recommended == pair.Second.Recommended);
Console.WriteLine($"Of {reviews.Length} rows, {same} have the same class; the largest difference of probabilities is {difference:E1}.");
Console.WriteLine($"A row of {reviews.Length} at once takes {ourTime:F1} µs in .NET and {theirTime:F1} µs in ONNX Runtime.");

Verdict[] ScoreInDotNet(Review[] reviews)
{
    var scored = model.Transform(mlContext.Data.LoadFromEnumerable(reviews));
    var scores = mlContext.Data.CreateEnumerable<ReviewScore>(scored, reuseRowObject: true);
    return [.. scores.Select(score => new Verdict(score.PredictedLabel ? "yes" : "no", score.Probability))];
}

// The scores, and the shortest time of several runs in microseconds a row.
(Verdict[] Scores, double Microseconds) Best(Func<Verdict[]> score)
{
    var runs = Enumerable.Range(0, 10).Select(_ => Training.Time(score)).ToArray();
    return (runs[0].Model, runs.Min(run => run.Time).TotalMicroseconds / reviews.Length);
}
