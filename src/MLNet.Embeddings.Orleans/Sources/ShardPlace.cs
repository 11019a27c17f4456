namespace MLNet.Embeddings;

/// <summary>Where parts are opened.</summary>
/// <param name="Options">Settings of the silo.</param>
internal sealed record ShardPlace(EmbeddingsSiloOptions Options)
{
    /// <summary>The folder of files.</summary>
    internal string Folder => Path.GetFullPath(Options.DataFolder);
}
