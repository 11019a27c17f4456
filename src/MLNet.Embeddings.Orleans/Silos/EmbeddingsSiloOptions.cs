namespace MLNet.Embeddings;

/// <summary>How a silo takes part in training, scoring and serving.</summary>
public sealed class EmbeddingsSiloOptions
{
    /// <summary>The name of the Orleans grain storage that keeps the state of runs and what is handed from silo to silo.</summary>
    /// <value>"embeddings".</value>
    public const string StorageName = "embeddings";

    /// <summary>Folder of the files that <see cref="Shards"/> name, and of what scoring writes.</summary>
    /// <value>Default the current folder. Either one that all silos share, or one with the silo's own files.</value>
    public string DataFolder { get; set; } = ".";

    /// <summary>
    /// Folder of the state of runs, which all silos must share: a run whose coordinator is lost goes on from it on another silo. Not used where the host
    /// has a grain storage named <see cref="StorageName"/>, such as Redis, ADO.NET or Azure blobs.
    /// </summary>
    /// <value>Default null: the folder <c>.embeddings</c> in <see cref="DataFolder"/>.</value>
    public string? StateFolder { get; set; }

    /// <summary>Cores at work at most.</summary>
    /// <value>Default all of the machine. At least 1.</value>
    public int Cores { get; set; } = Environment.ProcessorCount;

    /// <summary>The folder of states.</summary>
    internal string States => Path.GetFullPath(StateFolder ?? Path.Combine(DataFolder, ".embeddings"));

    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal void Validate()
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(DataFolder)) faults.Add($"{nameof(DataFolder)} must name a folder.");
        if (Cores < 1) faults.Add($"{nameof(Cores)} must be at least 1; it was {Cores}.");
        OptionErrors.ThrowIfAny("The silo's settings", faults, nameof(EmbeddingsSiloOptions));
    }
}
