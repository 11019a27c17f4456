namespace MLNet.Embeddings.Tests;

/// <summary>Finds files of the repository and the programs that are built beside the tests.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    /// <summary>Full path of a file or folder of the repository.</summary>
    internal static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    /// <summary>The built assembly of one of the repository's programs, in the configuration of these tests.</summary>
    internal static string Program(string projectFolder)
    {
        string output = System.IO.Path.GetRelativePath(Path("tests/MLNet.Embeddings.Tests"), AppContext.BaseDirectory);
        return System.IO.Path.Combine(Path(projectFolder), output, $"{System.IO.Path.GetFileName(projectFolder)}.dll");
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "MLNet.Embeddings.sln"))) folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"The tests run in {AppContext.BaseDirectory}, outside the repository.");
    }
}
