namespace MLNet.Embeddings;

/// <summary>The files of scores on the silo that its key names.</summary>
internal interface IOutputGrain : IGrainWithStringKey
{
    /// <summary>Which folder the silo has, and which of some files are there.</summary>
    Task<OutputFiles> Look(string[] paths);

    /// <summary>Deletes files, where they are there.</summary>
    Task Delete(string[] paths);
}

/// <summary>Files of a folder.</summary>
/// <param name="Folder">The folder's identity, which silos have in common that share it.</param>
/// <param name="Paths">The files.</param>
[GenerateSerializer, Immutable]
internal sealed record OutputFiles(string Folder, string[] Paths);

/// <inheritdoc cref="IOutputGrain"/>
[NodePlacement]
internal sealed class OutputGrain(EmbeddingsSiloOptions options) : Grain, IOutputGrain
{
    internal const string Name = "output";

    private string Folder => new ShardPlace(options).Folder;

    public Task<OutputFiles> Look(string[] paths) =>
        Task.FromResult(new OutputFiles(FolderIdentity.Of(Folder), [.. paths.Where(path => File.Exists(OutputPath.Full(Folder, path)))]));

    public Task Delete(string[] paths)
    {
        foreach (string path in paths)
        {
            string full = OutputPath.Full(Folder, path);
            if (File.Exists(full)) File.Delete(full);
        }
        return Task.CompletedTask;
    }
}

/// <summary>Tells whether two silos have one folder.</summary>
internal static class FolderIdentity
{
    /// <summary>What is written in the folder, by the first silo that asks.</summary>
    internal static string Of(string folder)
    {
        string path = Path.Combine(folder, ".embeddings", "folder");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            string own = $"{path}.{Guid.NewGuid():N}";
            File.WriteAllText(own, Guid.NewGuid().ToString("N"));
            try
            {
                File.Move(own, path);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(own); // another silo was first
            }
        }
        return File.ReadAllText(path);
    }
}
