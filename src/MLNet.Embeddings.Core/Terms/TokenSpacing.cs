using System.Text;

namespace MLNet.Embeddings;

/// <summary>Makes text of tokens that a <see cref="Tokenizer"/> cut and that carry their spaces.</summary>
/// <remarks>
/// Words are never adjacent without white space, so that it is enough if the other tokens say what is beside them, and no word is two terms. "l'eau, ici !"
/// is cut into "l'eau", ", ", "ici" and " ! "; these are joined to the same text again, with one space for each run of white space and none at the edges.
/// Letters that stand alone, as those of Han, say so of white space, but not of the edges.
/// </remarks>
internal static class TokenSpacing
{
    /// <summary>Adds a token behind those before.</summary>
    /// <param name="text">The text so far; empty before the first token.</param>
    /// <param name="previous">The token before; empty before the first.</param>
    /// <param name="token">The token.</param>
    /// <param name="rules">By which <see cref="TextRules"/> it was cut.</param>
    internal static void Append(StringBuilder text, ReadOnlySpan<char> previous, ReadOnlySpan<char> token, int rules)
    {
        if (token[0] == ' ' && (text.Length == 0 || previous[^1] == ' ')) token = token[1..];
        else if (Tokenizer.IsWord(previous, rules) && Tokenizer.IsWord(token, rules)) text.Append(' ');
        text.Append(token);
    }
}
