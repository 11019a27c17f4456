namespace MLNet.Embeddings;

/// <summary>Where a checkpoint is kept.</summary>
internal abstract class CheckpointPlace
{
    /// <summary>What it is called in messages.</summary>
    internal abstract string Name { get; }

    /// <summary>Whether there is one.</summary>
    internal abstract bool Exists { get; }

    /// <summary>Makes the place, and removes what a process that ended while it wrote left there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal abstract void Prepare();

    /// <summary>Writes one in the place of the old one, which stays until all is written.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal abstract void Write(Action<Stream> write);

    /// <summary>Opens it to be read, in any order.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal abstract Stream Open();

    /// <summary>Removes it.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    internal abstract void Delete();

    /// <summary>Another place, for what belongs to it.</summary>
    /// <param name="name">What that is.</param>
    internal abstract CheckpointPlace Beside(string name);
}

/// <summary>A file of a folder.</summary>
/// <param name="folder">The folder; made if it is missing.</param>
/// <param name="name">Name of the file.</param>
internal sealed class FolderPlace(string folder, string name) : CheckpointPlace
{
    internal override string Name { get; } = Path.Combine(Path.GetFullPath(folder), name);

    internal override bool Exists => File.Exists(Name);

    internal override void Prepare()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Name)!);
            AtomicFile.RemoveAbandoned(Name);
        }
        catch (UnauthorizedAccessException e)
        {
            throw RefusedAccess.Error($"The folder of checkpoints '{Path.GetDirectoryName(Name)}' cannot be used", e);
        }
    }

    internal override void Write(Action<Stream> write) => AtomicFile.Write(Name, write);

    internal override Stream Open() => File.OpenRead(Name);

    internal override void Delete() => File.Delete(Name);

    internal override CheckpointPlace Beside(string name) => new FolderPlace(folder, $"{name}.zip");
}
