using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>Which of the two values of a binary label is the positive class.</summary>
internal static class TwoClasses
{
    /// <summary>Values of which one is plainly the positive one, in any letter case.</summary>
    private static readonly (string Positive, string Negative)[] Plain =
    [
        ("true", "false"), ("yes", "no"), ("y", "n"), ("t", "f"), ("positive", "negative"), ("pos", "neg"), ("1", "0"), ("1", "-1"),
    ];

    /// <summary>The negative and the positive value.</summary>
    /// <param name="label">The label.</param>
    /// <param name="texts">The different values as texts.</param>
    /// <exception cref="InvalidOperationException">There are not two, or it is not plain which is positive.</exception>
    internal static IReadOnlyList<string> Order(BinaryLabel label, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return [bool.FalseString, bool.TrueString];
        if (texts.Count == 1)
        {
            throw new InvalidOperationException(
                $"The label column '{label.Name}' is '{texts[0]}' in all rows that have a label; two classes are needed to learn to tell them apart. " +
                "Check how the label is made, or give data with both classes.");
        }
        string values = string.Join(", ", texts.Take(5).Select(text => $"'{text}'"));
        if (texts.Count > 2)
        {
            throw new InvalidOperationException(
                $"The label column '{label.Name}' has {texts.Count} different values, {values}{(texts.Count > 5 ? ", ..." : "")}; a binary label has two. " +
                "Use mlContext.MulticlassClassification.Trainers.MultiEmbedding for more classes, or correct the values.");
        }
        if (label.PositiveLabel is not { } given)
        {
            if (IsPositive(texts[0], texts[1])) return [texts[1], texts[0]];
            if (IsPositive(texts[1], texts[0])) return texts;
            throw new InvalidOperationException(
                $"It is not plain which of the two values of the label column '{label.Name}' is the positive one, '{texts[0]}' or '{texts[1]}'. Say so by " +
                $"PositiveLabel: Labels = [LabelColumn.Binary(\"{label.Name}\") with {{ PositiveLabel = \"{texts[1]}\" }}].");
        }
        if (Names(given, texts[0])) return [texts[1], texts[0]];
        return Names(given, texts[1]) ? texts : throw new InvalidOperationException(
            $"PositiveLabel of label '{label.Name}' is '{given}', which is neither of its two values, {values}. Correct it.");
    }

    private static bool IsPositive(string text, string other) => Plain.Any(pair =>
        text.Equals(pair.Positive, StringComparison.OrdinalIgnoreCase) && other.Equals(pair.Negative, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a given text is that of a value; a number or a Boolean may be written in another way.</summary>
    private static bool Names(string given, string text) =>
        given == text
        || bool.TryParse(given, out bool flag) && flag.ToString() == text
        || double.TryParse(given, CultureInfo.InvariantCulture, out double number) && double.TryParse(text, CultureInfo.InvariantCulture, out double value)
            && number.Equals(value);
}
