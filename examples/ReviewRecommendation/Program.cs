using Microsoft.ML;
using ReviewRecommendation;

Screen.Prepare();
var command = CommandLine.Parse(args);
if (command.Fault is not null) return Screen.Fail(command.Fault, exitCode: 2);
if (command.Help) return Screen.Show(CommandLine.Usage);
if (command.ScoreOnly) return Scoring.Run(command.ModelFile);

var mlContext = new MLContext(seed: 1);
var settings = command.Quick ? Settings.Quick : Settings.Full;

Screen.Heading(command.DataFolder is null ? "Generated reviews" : "Clothing reviews");
var (train, test) = command.DataFolder is null
    ? GeneratedReviews.Load(mlContext, settings.GeneratedReviews)
    : ReviewFiles.Load(mlContext, command.DataFolder, settings.MaxFileReviews);
DataReport.Print(mlContext, train, test);

Screen.Heading("Training");
var model = Training.Fit(mlContext, settings, train);
if (model is null) return Screen.Fail("Training was cancelled before its first epoch was validated, so there is no model.", exitCode: 130);

Screen.Heading("Evaluation on the test reviews");
EvaluationReport.Print(mlContext.BinaryClassification.Evaluate(model.Transform(test), labelColumnName: nameof(Review.Recommended)));

Screen.Heading("Saving");
mlContext.Model.SaveAtomically(model, train.Schema, command.ModelFile);
SavingReport.Print(command.ModelFile);

return FreshProcess.Run("--score", "--model", command.ModelFile);
