using Examples;
using Microsoft.ML;
using Microsoft.ML.Data;
using TopicClassification;

Screen.Prepare();
var files = new DataFiles("github-issues", '\t');
var about = new About("Learns from titles and descriptions of issues which area they are about; beside a linear model.", "issues", files);
if (!CommandLine.TryParse(args, about, out var command, out int exitCode)) return exitCode;
if (command.ScoreOnly) return Scoring.Run(command.ModelFile);

var mlContext = new MLContext(command.Seed);
var settings = command.Quick ? Settings.Quick : Settings.Full;

Screen.Heading(command.DataFolder is null ? "Generated issues" : "GitHub issues");
var (train, test) = command.DataFolder is null
    ? GeneratedIssues.Load(mlContext, settings.GeneratedIssues)
    : files.Load<Issue>(mlContext, command.DataFolder, settings.MaxFileIssues);
DataReport.Print<Issue>(mlContext, (train, test),
    ("Areas", issues => $"{issues.DistinctBy(issue => issue.Area).Count():N0}"),
    ("Most frequent", issues => $"{issues.GroupBy(issue => issue.Area).Max(area => area.Count()) * 100.0 / issues.Length:F1} %"),
    ("No description", issues => $"{issues.Count(issue => string.IsNullOrEmpty(issue.Description)):N0}"),
    ("Mean length", issues => $"{issues.Average(issue => (issue.Description ?? "").Length):N0} characters"));

Screen.Heading("Training");
var ours = Training.Fit((progress, cancellationToken) => TopicTrainer.Create(mlContext, settings, progress, cancellationToken).Fit(train));
if (ours is null) return Training.Cancelled();
var linear = Training.Time(() => LinearPipeline.Create(mlContext).Fit(train));

Screen.Heading("Evaluation on the test issues");
var candidate = Candidate("Embeddings", ours, nameof(Issue.Area));
MulticlassReport.Print(candidate, Candidate("FeaturizeText, linear", linear, LinearPipeline.Label));
AreaReport.Print(candidate.Metrics, ScoreNames.Of(ours.Model.GetOutputSchema(test.Schema)), most: 8);

Screen.Heading("Saving");
mlContext.Model.SaveAtomically(ours.Model, train.Schema, command.ModelFile);
ours.Model.History.SavePlot(command.PictureFile, new() { Title = "Area of an issue" });
SavingReport.Print(command.ModelFile, command.PictureFile);

return FreshProcess.Run("--score", "--model", command.ModelFile);

Candidate<MulticlassClassificationMetrics> Candidate<TModel>(string name, Fitted<TModel> fitted, string label) where TModel : ITransformer =>
    new(name, mlContext.MulticlassClassification.Evaluate(fitted.Model.Transform(test), labelColumnName: label), fitted.Time);
