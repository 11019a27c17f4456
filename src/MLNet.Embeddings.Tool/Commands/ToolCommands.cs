using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>The commands, each with the settings that it takes.</summary>
internal static class ToolCommands
{
    internal static IReadOnlyDictionary<string, Type> Settings { get; } = new Dictionary<string, Type>
    {
        ["train"] = typeof(TrainSettings),
        ["evaluate"] = typeof(EvaluateSettings),
        ["predict"] = typeof(PredictSettings),
        ["explain"] = typeof(ExplainSettings),
        ["report"] = typeof(ReportSettings),
        ["vectors"] = typeof(VectorsSettings),
        ["serve"] = typeof(ServeSettings),
        ["init"] = typeof(InitSettings),
    };

    internal static void Configure(IConfigurator config)
    {
        config.SetApplicationName("mlnet-embeddings");
        config.UseAssemblyInformationalVersion();
        config.UseStrictParsing();
        config.PropagateExceptions();
        config.CancellationExitCode(ExitCodes.Cancelled);
        config.SetHelpProvider(new ToolHelp(config.Settings));
        config.AddCommand<TrainCommand>("train").WithDescription("Trains a model of a table, judges it beside a baseline and saves it.")
            .WithExample("train", "reviews.csv", "--label", "Recommended")
            .WithExample("train", "sales.csv", "--label", "Price", "--text", "Title,Body", "--effort", "thorough", "--test", "test.csv");
        config.AddCommand<EvaluateCommand>("evaluate").WithDescription("Judges a model by rows that have the label.")
            .WithExample("evaluate", "model.zip", "test.csv");
        config.AddCommand<PredictCommand>("predict").WithDescription("Scores the rows of a file, in constant memory.")
            .WithExample("predict", "model.zip", "new.csv", "--out", "scored.csv");
        config.AddCommand<ExplainCommand>("explain").WithDescription("Shows what columns and words add to the scores of rows.")
            .WithExample("explain", "model.zip", "new.csv", "--rows", "3");
        config.AddCommand<ReportCommand>("report").WithDescription("Writes a page that shows what a model has learned and how good it is.")
            .WithExample("report", "model.zip", "test.csv", "--out", "report.html");
        config.AddCommand<VectorsCommand>("vectors").WithDescription("Shows the vectors that a model has learned of a column's values or words.")
            .WithExample("vectors", "model.zip", "--column", "City", "--nearest", "Oslo")
            .WithExample("vectors", "model.zip", "--column", "City", "--out", "cities.png");
        config.AddCommand<ServeCommand>("serve").WithDescription("Serves a model over HTTP: predictions as JSON, and a page with a form.")
            .WithExample("serve", "model.zip", "--port", "5000");
        config.AddCommand<InitCommand>("init").WithDescription("Writes a C# program that trains the same model with the library.")
            .WithExample("init", "reviews.csv", "--label", "Recommended", "--out", "Program.cs");
    }
}
