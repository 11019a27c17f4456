namespace MLNet.Embeddings.Tests;

/// <summary>Finds files of the repository and the programs that are built beside the tests.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    /// <summary>Full path of a file or folder of the repository.</summary>
    internal static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    /// <summary>The built assembly of one of the repository's programs, in the configuration of these tests.</summary>
    /// <param name="projectFolder">Folder of the project.</param>
    /// <param name="assembly">Name of the assembly; null for that of the folder.</param>
    internal static string Program(string projectFolder, string? assembly = null)
    {
        // Every project has the same folders for its output, below its own: bin/Release/net10.0.
        string output = System.IO.Path.GetRelativePath(Path("tests"), AppContext.BaseDirectory).Split(System.IO.Path.DirectorySeparatorChar, 2)[1];
        return System.IO.Path.Combine(Path(projectFolder), output, $"{assembly ?? System.IO.Path.GetFileName(projectFolder)}.dll");
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "MLNet.Embeddings.sln"))) folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"The tests run in {AppContext.BaseDirectory}, outside the repository.");
    }
}
