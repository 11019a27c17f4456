namespace ReviewRecommendation;

/// <summary>What the program was asked to do.</summary>
internal sealed record CommandLine
{
    internal const string Usage = """
        Learns from product reviews whether the reviewer recommends the product.

        Usage: dotnet run --project examples/ReviewRecommendation -c Release -- [options]

          --data FOLDER   read the real reviews, FOLDER/clothing-reviews/clothing-reviews-{train,test}.csv;
                          without it about 2,000 reviews are generated
          --quick         fewer reviews and a smaller network: done in seconds
          --model FILE    where the model is saved (default: reviews.zip beside the program)
          --score         no training: load the saved model, predict with it; the program starts itself
                          with this when it has trained
          --help          show this text

        Ctrl+C while it trains ends training early and goes on with the best network so far.
        """;

    /// <summary>What is wrong with the arguments; null when nothing is.</summary>
    public string? Fault { get; private init; }

    public bool Help { get; private init; }

    public bool Quick { get; private init; }

    public bool ScoreOnly { get; private init; }

    public string? DataFolder { get; private init; }

    public string ModelFile { get; private init; } = Path.Combine(AppContext.BaseDirectory, "reviews.zip");

    internal static CommandLine Parse(ReadOnlySpan<string> arguments)
    {
        var command = new CommandLine();
        for (; !arguments.IsEmpty; arguments = arguments[1..])
        {
            switch (arguments)
            {
                case ["--help" or "-h", ..]: return new CommandLine { Help = true };
                case ["--quick", ..]: command = command with { Quick = true }; break;
                case ["--score", ..]: command = command with { ScoreOnly = true }; break;
                case ["--data", var folder, ..]: command = command with { DataFolder = folder }; arguments = arguments[1..]; break;
                case ["--model", var file, ..]: command = command with { ModelFile = Path.GetFullPath(file) }; arguments = arguments[1..]; break;
                case ["--data" or "--model", ..]: return new CommandLine { Fault = $"The option {arguments[0]} needs a value after it." };
                default: return new CommandLine { Fault = $"The option '{arguments[0]}' is not known. --help lists the options." };
            }
        }
        return command with { Fault = command.MissingFile() };
    }

    private string? MissingFile()
    {
        string? modelFolder = Path.GetDirectoryName(ModelFile);
        if (ScoreOnly && !File.Exists(ModelFile)) return $"There is no model '{ModelFile}'. Run the program without --score first.";
        if (!Directory.Exists(modelFolder))
            return $"There is no folder '{modelFolder}' to save the model in. Create it, or give another file after --model.";
        return DataFolder is null ? null : ReviewFiles.Missing(DataFolder);
    }
}
