namespace Examples;

/// <summary>What a program was asked to do.</summary>
public sealed record CommandLine
{
    private CommandLine()
    {
    }

    public bool Quick { get; private init; }

    /// <summary>The folder of real data; null for generated rows.</summary>
    public string? DataFolder { get; private init; }

    /// <summary>Number of the GPU to train on; null for the CPU.</summary>
    public int? Gpu { get; private init; }

    private IReadOnlyList<string> Switches { get; init; } = [];

    private string OutFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>Reads the arguments. A question for help ends the program, and so does a mistake.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="purpose">What the program shows, a sentence.</param>
    /// <param name="files">The real data; null if there is none.</param>
    /// <param name="hasGpu">Whether a GPU can be asked for.</param>
    /// <param name="more">An option of this program alone: its name and what it does.</param>
    public static CommandLine Read(
        string[] arguments, string purpose, DataFiles? files = null, bool hasGpu = false, (string Name, string Meaning)? more = null)
    {
        if (arguments is ["--help" or "-h", ..]) Screen.End(Usage(purpose, files, hasGpu, more), exitCode: 0);
        var command = Parse(arguments, new CommandLine());
        if (files is null && command.DataFolder is not null) Refuse("This program has no real data: leave --data out.");
        if (!hasGpu && command.Gpu is not null) Refuse("This program trains on the CPU: leave --gpu out.");
        if (command.DataFolder is { } folder && files!.Missing(folder) is { } fault) Refuse(fault);
        Directory.CreateDirectory(command.OutFolder);
        return command;

        CommandLine Parse(ReadOnlySpan<string> rest, CommandLine command) => rest switch
        {
            [] => command,
            ["--quick", .. var others] => Parse(others, command with { Quick = true }),
            ["--data", var folder, .. var others] => Parse(others, command with { DataFolder = folder }),
            ["--out", var folder, .. var others] => Parse(others, command with { OutFolder = Path.GetFullPath(folder) }),
            ["--gpu", var text, .. var others] when uint.TryParse(text, out uint gpu) => Parse(others, command with { Gpu = (int)gpu }),
            ["--gpu", var text, ..] => Refuse($"The option --gpu needs a number of a GPU after it, from 0; it was '{text}'."),
            [var name, .. var others] when name == more?.Name => Parse(others, command with { Switches = [.. command.Switches, name] }),
            ["--data" or "--out" or "--gpu"] => Refuse($"The option {rest[0]} needs a value after it."),
            _ => Refuse($"The option '{rest[0]}' is not known. --help lists the options."),
        };
    }

    /// <summary>Whether an option of this program alone was given.</summary>
    public bool Has(string option) => Switches.Contains(option);

    /// <summary>Where a file is written; says so.</summary>
    public string Write(string name)
    {
        string path = Path.Combine(OutFolder, name);
        Console.WriteLine($"Writing {path}");
        return path;
    }

    private static CommandLine Refuse(string fault) => Screen.End<CommandLine>(fault, exitCode: 2);

    private static string Usage(string purpose, DataFiles? files, bool hasGpu, (string Name, string Meaning)? more)
    {
        string program = System.Reflection.Assembly.GetEntryAssembly()!.GetName().Name!;
        string data = files is null ? "" : $"\n  --data FOLDER   read real data, FOLDER/{files.Pattern}; without it rows are generated";
        string gpu = hasGpu ? "\n  --gpu NUMBER    train on that GPU where torch trains; without it on the CPU" : "";
        string own = more is { } one ? $"\n  {one.Name,-15} {one.Meaning}" : "";
        return $"""
            {purpose}

            Usage: dotnet run --project examples/{program} -c Release -- [options]

              --quick         fewer rows and a smaller network: done in seconds{data}{gpu}{own}
              --out FOLDER    where the model and pictures are written (default: beside the program)

            Ctrl+C ends training early, with the best network so far.
            """;
    }
}
