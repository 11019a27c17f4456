namespace MLNet.Embeddings;

/// <summary>The error about settings, which reports all faults together.</summary>
internal static class OptionErrors
{
    /// <param name="settings">Which settings they are.</param>
    /// <param name="faults">What is wrong, a sentence each.</param>
    /// <param name="parameter">Name of the public parameter that holds the settings.</param>
    /// <exception cref="ArgumentException">There is a fault; the message has a line for each.</exception>
    internal static void ThrowIfAny(string settings, IEnumerable<string> faults, string parameter)
    {
        string[] all = [.. faults];
        if (all.Length > 0) throw new ArgumentException($"{settings} cannot be used:\n{string.Join('\n', all)}", parameter);
    }
}
