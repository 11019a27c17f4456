namespace MLNet.Embeddings;

/// <summary>The values of an enumeration in words, for what is said of one that is none.</summary>
internal static class EnumValues
{
    /// <summary>The names of all values: "Quantiles or Label".</summary>
    internal static string Names<T>() where T : struct, Enum
    {
        string[] names = Enum.GetNames<T>();
        return $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    /// <summary>What is wrong with a value, a sentence; none where it has a name.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="value">The value.</param>
    /// <param name="verb">What the value stands behind.</param>
    internal static IEnumerable<string> Faults<T>(string what, T value, string verb = "it was") where T : struct, Enum =>
        Enum.IsDefined(value) ? [] : [$"{what} must be {Names<T>()}; {verb} {value}."];
}
