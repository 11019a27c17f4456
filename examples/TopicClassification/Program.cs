using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;
using Spectre.Console;
using TopicClassification;

var files = new DataFiles("github-issues", '\t');
var command = CommandLine.Read(args, "Learns from titles and descriptions of issues which area they are about; beside a linear model.", files);
var mlContext = new MLContext(seed: 1);
var (train, test) = files.Load(mlContext, command, GeneratedIssues.All(), command.Quick ? 1_500 : 3_000, maxRows: command.Quick ? 600 : null);

// Two texts and the name of the area, as they stand in the file; all else is chosen by the data.
var (model, time) = Training.Fit((progress, cancellationToken) => mlContext.MulticlassClassification.Trainers.MultiEmbedding(new()
{
    LabelColumnName = nameof(Issue.Area),
    Columns = [InputColumn.Text(nameof(Issue.Title)), InputColumn.Text(nameof(Issue.Description))],
    Effort = command.Quick ? TrainingEffort.Quick : TrainingEffort.Normal,
    Progress = progress,
    CancellationToken = cancellationToken,
}).Fit(train));

// What ML.NET offers for topics, to compare with: the weights of words and of runs of three letters, then a linear model.
var (linear, linearTime) = Training.Time(() => mlContext.Transforms.Conversion.MapValueToKey("AreaKey", nameof(Issue.Area))
    .Append(mlContext.Transforms.Text.FeaturizeText("TitleFeatures", nameof(Issue.Title)))
    .Append(mlContext.Transforms.Text.FeaturizeText("DescriptionFeatures", nameof(Issue.Description)))
    .Append(mlContext.Transforms.Concatenate("Features", "TitleFeatures", "DescriptionFeatures"))
    .Append(mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy("AreaKey"))
    .Fit(train));

var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(test), labelColumnName: nameof(Issue.Area));
var linearMetrics = mlContext.MulticlassClassification.Evaluate(linear.Transform(test), labelColumnName: "AreaKey");
MeasureTable.Print(("Embeddings", metrics, time), ("FeaturizeText, linear", linearMetrics, linearTime));

Screen.Heading("Model and pictures");
model.History.SavePlot(command.Write("training.png"));
metrics.ConfusionMatrix.SavePlot(command.Write("confusion.png"), new() { Height = 900 });
string modelFile = command.Write("issues.zip");
mlContext.Model.SaveAtomically(model, train.Schema, modelFile);

Screen.Heading("Predictions of the saved model for new issues");
ITransformer loaded = new MLContext().Model.Load(modelFile, out _);
using var engine = mlContext.Model.CreatePredictionEngine<Issue, AreaGuess>(loaded);
VBuffer<ReadOnlyMemory<char>> areas = default;
engine.OutputSchema["Score"].GetSlotNames(ref areas); // one for each probability
var table = Screen.Table("Issue", "Likeliest areas", " Probability").ShowRowSeparators();
foreach (var issue in NewIssues.All)
{
    var likeliest = areas.DenseValues().Zip(engine.Predict(issue).Score).OrderByDescending(area => area.Second).Take(3).ToArray();
    table.AddRow(
        Markup.FromInterpolated($"[bold]{issue.Title}[/]\n[grey]{issue.Description ?? "(no description)"}[/]"),
        new Text(string.Join('\n', likeliest.Select(area => area.First))),
        new Text(string.Join('\n', likeliest.Select(area => $"{area.Second:F3}"))));
}
AnsiConsole.Write(table);
