using System.Text;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The terms of a target's keys, and how they make text.</summary>
/// <param name="Terms">The term of key 1, of key 2 and so on.</param>
/// <param name="Separator">What stands between two of them.</param>
/// <param name="Cutting">How the target was cut into them; null where it was one of keys.</param>
internal sealed record TargetTerms(Vocabulary Terms, string Separator, TextCutting? Cutting)
{
    /// <summary>How a graph writes them.</summary>
    internal OnnxSpelling Spelling()
    {
        string[] terms = ["", .. Terms.Terms];
        if (Cutting is not { KeepsSpacing: true, Rules: var rules }) return new OnnxSpelling(terms, Separator, Spacing: null);
        (bool, bool, bool)[] spacing = [.. terms.Select(term => (term.StartsWith(' '), term.EndsWith(' '), Tokenizer.IsWord(term, rules)))];
        return new OnnxSpelling([.. terms.Select(term => term.Trim(' '))], " ", spacing);
    }

    /// <summary>The type of a column of the keys.</summary>
    internal VectorDataViewType KeysType => new(Terms.KeyType);

    /// <summary>The text of some keys.</summary>
    internal ReadOnlyMemory<char> TextOf(ReadOnlySpan<int> keys)
    {
        if (keys.IsEmpty) return default;
        var text = new StringBuilder();
        string previous = "";
        foreach (int key in keys)
        {
            string term = Terms.Terms[key - 1];
            if (Cutting is { KeepsSpacing: true, Rules: var rules }) TokenSpacing.Append(text, previous, term, rules);
            else text.Append(previous.Length > 0 ? Separator : "").Append(term);
            previous = term;
        }
        return (Cutting is { KeepsSpacing: true } ? text.ToString().TrimEnd(' ') : text.ToString()).AsMemory();
    }
}
