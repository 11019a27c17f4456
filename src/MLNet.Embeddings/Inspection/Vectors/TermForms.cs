using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>The terms that a text as a user writes it may stand for, the likely one first.</summary>
internal delegate IReadOnlyList<string> TermForms(string text);

/// <summary>How texts become the terms of a column.</summary>
internal static class TermForm
{
    /// <summary>Terms are texts as they are written.</summary>
    internal static IReadOnlyList<string> Written(string text) => [text];

    /// <summary>Terms of values: texts in normalization form C, numbers by their shortest text, Booleans as True and False.</summary>
    internal static IReadOnlyList<string> Value(string text)
    {
        List<string> forms = [text, ValueTerms.OfText(text).ToString()];
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
            forms.Add(ValueTerms.OfFloat(number, new char[ValueTerms.Longest]).ToString());
        if (bool.TryParse(text, out bool boolean)) forms.Add(boolean.ToString());
        return forms;
    }

    /// <summary>Terms of texts that a step cuts: those of one token, and those of several as n-grams are written.</summary>
    internal static TermForms Tokens(TokenIndexingShape shape) => text =>
    {
        var terms = TextTerms.Of(shape.Cutting, ngramLength: 1);
        terms.Start(text.AsMemory());
        List<string> tokens = [];
        while (terms.MoveNext()) tokens.Add(terms.Current.ToString());
        bool isOfCharacters = shape.Split is TokenSplit.Character or TokenSplit.WordCharacter;
        return [text, string.Join(isOfCharacters ? "" : " ", tokens)];
    };
}
