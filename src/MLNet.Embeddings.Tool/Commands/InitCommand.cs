using System.ComponentModel;
using Microsoft.ML;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>What <c>init</c> is told.</summary>
internal sealed class InitSettings : PlanSettings
{
    [CommandOption("-o|--out <FILE>")]
    [Description("The program to write.")]
    [DefaultValue("Program.cs")]
    public string Out { get; init; } = "";

    [CommandOption("--project")]
    [Description("Write a project beside it, instead of a program of one file for dotnet run Program.cs.")]
    public bool Project { get; init; }

    [CommandOption("--force")]
    [Description("Replace files that are there.")]
    public bool Force { get; init; }
}

/// <summary>Writes a C# program that trains the same model with the library.</summary>
internal sealed class InitCommand : Command<InitSettings>
{
    public override int Execute(CommandContext context, InitSettings settings, CancellationToken cancellationToken)
    {
        var output = new Output(settings.Quiet);
        var mlContext = new MLContext(settings.Seed);
        OutputFile.Require(settings.Out);
        var plan = Interruptible.Run(() => settings.Plan(mlContext), cancellationToken);
        PlanReport.Print(output, plan, settings.KindsIn(plan.Table));

        string project = Path.ChangeExtension(settings.Out, ".csproj");
        Write(settings.Out, TrainingProgram.Source(plan, settings.Effort, settings.Seed, hasProject: settings.Project), settings.Force);
        if (settings.Project) Write(project, TrainingProgram.Project(), settings.Force);
        output.Heading("Written");
        output.Line($"{settings.Out}{(settings.Project ? $" and {project}" : "")}: the program that trains this model");
        output.Line($"Next: dotnet run {(settings.Project ? $"--project {project}" : settings.Out)}");
        return ExitCodes.Done;
    }

    /// <exception cref="UserException">The file is there already.</exception>
    private static void Write(string path, string text, bool force)
    {
        if (File.Exists(path) && !force) throw new UserException($"'{path}' is there already. Give another file by --out, or --force to replace it.");
        File.WriteAllText(path, text);
    }
}
