namespace MLNet.Embeddings;

/// <summary>The checkpoints of a whole fit: those of its networks, and what its other parts came to. They stay until the fit ends.</summary>
/// <param name="options">Where and how often.</param>
/// <param name="networks">Number of networks.</param>
internal sealed class FitCheckpoints(CheckpointOptions options, int networks = 1)
{
    /// <summary>What the wide part came to.</summary>
    internal CheckpointFile Wide => new(options.Folder, "wide.zip");

    /// <summary>What the trials of a search have come to so far.</summary>
    internal CheckpointFile Search => new(options.Folder, "search.zip");

    /// <summary>Where and how often a network writes its state down.</summary>
    /// <param name="number">Number of the network, from 1.</param>
    internal CheckpointOptions OfNetwork(int number) => networks == 1
        ? options
        : new(Path.Combine(options.Folder, $"network{number}")) { EveryEpochs = options.EveryEpochs, Interval = options.Interval };

    /// <summary>Removes all of them that can be removed: the fit has come to its end.</summary>
    /// <param name="log">Told of those that cannot.</param>
    internal void Delete(FitLog log)
    {
        for (int number = 1; number <= networks; number++) new CheckpointFile(OfNetwork(number).Folder).TryDelete(log);
        Wide.TryDelete(log);
        Search.TryDelete(log);
    }
}

/// <summary>Keeps what a part of a fit came to, so that it is not done again when the fit is cut off behind it.</summary>
/// <param name="file">Where.</param>
/// <param name="settings">What the part must be the same for.</param>
/// <param name="log">Takes messages.</param>
internal sealed class PartKeeper(CheckpointFile file, IReadOnlyDictionary<string, string> settings, FitLog log)
{
    /// <summary>What was kept; null if there is nothing.</summary>
    /// <exception cref="InvalidOperationException">The file is damaged, or of other settings or data.</exception>
    /// <exception cref="IOException">The folder cannot be made, or the file not read.</exception>
    internal (IReadOnlyDictionary<string, double> Numbers, IReadOnlyDictionary<string, WeightArray> Arrays)? Read()
    {
        file.Prepare();
        if (!file.Exists) return null;
        var (checkpoint, arrays) = file.ReadPart();
        CheckpointSettings.RequireSame(file, checkpoint.Settings, settings);
        return (checkpoint.Numbers, arrays);
    }

    /// <summary>Keeps numbers and arrays in the place of those before.</summary>
    internal void Write(IReadOnlyDictionary<string, double> numbers, IReadOnlyDictionary<string, WeightArray> arrays) =>
        file.TryWrite(log, file => file.Write(new PartCheckpoint(settings, numbers), arrays));
}
