namespace MLNet.Embeddings.Tool;

/// <summary>The names of the columns that models add to rows, where they would stand for a label of the same name.</summary>
internal static class ReservedNames
{
    private static readonly string[] Names = ["Score", "Probability", "PredictedLabel"];

    /// <exception cref="UserException">A label has one of these names.</exception>
    internal static void RequireOther(string label)
    {
        if (!Names.Contains(label)) return;
        throw new UserException(
            $"The label cannot have the name '{label}', as that of a model's predictions: they would be compared with themselves. Rename the column in the " +
            $"file, as 'True{label}', and name it by --label.");
    }
}
