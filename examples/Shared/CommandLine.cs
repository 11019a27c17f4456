using System.Globalization;

namespace Examples;

/// <summary>What the program was asked to do.</summary>
public sealed record CommandLine
{
    private CommandLine(About about) => (ModelFile, HasData, HasGpu) = (about.ModelFile, about.Files is not null, about.HasGpu);

    public bool Quick { get; private init; }

    public bool ScoreOnly { get; private init; }

    public string? DataFolder { get; private init; }

    public int Seed { get; private init; } = 1;

    /// <summary>Number of the GPU to train on; null for the CPU.</summary>
    public int? Gpu { get; private init; }

    public string ModelFile { get; private init; }

    /// <summary>Where the picture of the training goes.</summary>
    public string PictureFile => Path.ChangeExtension(ModelFile, ".png");

    /// <summary>What is wrong with the arguments; null when nothing is.</summary>
    private string? Fault { get; init; }

    private bool Help { get; init; }

    private bool HasData { get; }

    private bool HasGpu { get; }

    /// <summary>Reads the arguments and answers those that need no more than a text: a question for help, and mistakes.</summary>
    /// <returns>False when the program is done, with <paramref name="exitCode"/>.</returns>
    public static bool TryParse(string[] arguments, About about, out CommandLine command, out int exitCode)
    {
        command = Parse(arguments, new CommandLine(about));
        string? fault = command.Fault ?? (command.Help ? null : command.MissingFile(about));
        exitCode = fault is not null ? Screen.Fail(fault, exitCode: 2) : command.Help ? Screen.Show(about.Usage) : 0;
        return fault is null && !command.Help;
    }

    private static CommandLine Parse(ReadOnlySpan<string> arguments, CommandLine command) => arguments switch
    {
        [] => command,
        ["--help" or "-h", ..] => command with { Help = true },
        ["--quick", .. var rest] => Parse(rest, command with { Quick = true }),
        ["--score", .. var rest] => Parse(rest, command with { ScoreOnly = true }),
        ["--data", var folder, .. var rest] when command.HasData => Parse(rest, command with { DataFolder = folder }),
        ["--model", var file, .. var rest] => Parse(rest, command with { ModelFile = Path.GetFullPath(file) }),
        ["--seed", var text, .. var rest] => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int seed)
            ? Parse(rest, command with { Seed = seed })
            : command with { Fault = $"The option --seed needs a whole number after it; it was '{text}'." },
        ["--gpu", var text, .. var rest] when command.HasGpu => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int gpu)
            ? Parse(rest, command with { Gpu = gpu })
            : command with { Fault = $"The option --gpu needs a number of a GPU after it, from 0; it was '{text}'." },
        ["--data" or "--model" or "--seed" or "--gpu"] when command.Knows(arguments[0]) =>
            command with { Fault = $"The option {arguments[0]} needs a value after it." },
        _ => command with { Fault = $"The option '{arguments[0]}' is not known. --help lists the options." },
    };

    private bool Knows(string option) => option switch
    {
        "--data" => HasData,
        "--gpu" => HasGpu,
        _ => true,
    };

    private string? MissingFile(About about)
    {
        string? modelFolder = Path.GetDirectoryName(ModelFile);
        if (ScoreOnly && !File.Exists(ModelFile)) return $"There is no model '{ModelFile}'. Run the program without --score first.";
        if (!Directory.Exists(modelFolder))
            return $"There is no folder '{modelFolder}' to save the model in. Create it, or give another file after --model.";
        return DataFolder is null ? null : about.Files!.Missing(DataFolder);
    }
}
