namespace MLNet.Embeddings;

/// <summary>What scoring on a cluster writes.</summary>
public sealed record ScoringOptions
{
    /// <summary>The format of the files of scores.</summary>
    /// <value>Default delimited: CSV.</value>
    public TableFormat Format { get; init; } = TableFormat.Delimited;

    /// <summary>Columns of the data that are written before the scores, such as an id.</summary>
    /// <value>Default none: the columns of scores alone, in the order of the rows of each shard.</value>
    public IReadOnlyList<string> KeptColumns { get; init; } = [];

    /// <summary>Whether what an earlier call with the same model, shards, output and options has done stays.</summary>
    /// <value>Default true. False scores all shards again, as is needed where rows have changed under the names that they had.</value>
    public bool Resume { get; init; } = true;

    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal void Validate()
    {
        List<string> faults = [];
        if (!Enum.IsDefined(Format)) faults.Add($"{nameof(Format)} has no value {(int)Format}.");
        if (KeptColumns is null) faults.Add($"{nameof(KeptColumns)} must not be null.");
        else if (KeptColumns.CountBy(name => name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            faults.Add($"{nameof(KeptColumns)} names '{twice}' twice.");
        OptionErrors.ThrowIfAny("The settings of scoring", faults, "options");
    }
}
