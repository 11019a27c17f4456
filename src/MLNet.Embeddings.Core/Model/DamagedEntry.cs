namespace MLNet.Embeddings;

/// <summary>The error for an entry of a model file that cannot be used.</summary>
internal static class DamagedEntry
{
    /// <summary>Says which entry, why, and what to do.</summary>
    internal static FormatException Error(string entry, string cause) => new(
        $"The model file is damaged: entry '{entry}' cannot be used. {cause}\n" +
        "Copy or download the file again, or save the model anew.");
}
