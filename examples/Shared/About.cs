namespace Examples;

/// <summary>What an example's command line has of its own.</summary>
/// <param name="Purpose">What it shows, a sentence.</param>
/// <param name="Rows">What a row of its data is called, in the plural, as "reviews".</param>
/// <param name="Files">The real data; null if there is none.</param>
public sealed record About(string Purpose, string Rows, DataFiles? Files)
{
    /// <summary>Name of the program and of its folder.</summary>
    internal static string Program { get; } = System.Reflection.Assembly.GetEntryAssembly()!.GetName().Name!;

    /// <summary>Whether a GPU can be asked for.</summary>
    public bool HasGpu { get; init; }

    internal string ModelFile => Path.Combine(AppContext.BaseDirectory, $"{Rows}.zip");

    private string DataOption => Files is null ? "" : $"""
          --data FOLDER   read the real {Rows}, FOLDER/{Files.Pattern};
                          without it {Rows} are generated

        """;

    private string GpuOption => HasGpu ? """
          --gpu NUMBER    train on that GPU where torch trains; without it on the CPU

        """ : "";

    internal string Usage => $"""
        {Purpose}

        Usage: dotnet run --project examples/{Program} -c Release -- [options]

        {DataOption}{GpuOption}  --quick         fewer {Rows} and a smaller network: done in seconds
          --seed NUMBER   another number gives another network, the same one the same (default: 1)
          --model FILE    where the model is saved, and beside it the picture of its training
                          (default: {Path.GetFileName(ModelFile)} beside the program)
          --score         no training: load the saved model, predict with it; the program starts itself
                          with this when it has trained
          --help          show this text

        Ctrl+C while it trains ends training early and goes on with the best network so far.
        """;
}
