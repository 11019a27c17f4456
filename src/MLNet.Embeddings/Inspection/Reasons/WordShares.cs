using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Gathers what was attributed to the terms of a column, in all its readings, by the words that a person reads.</summary>
internal abstract class WordShares
{
    /// <summary>Takes the current row.</summary>
    /// <returns>Its words, as the model writes them.</returns>
    internal abstract IReadOnlyList<string> Read();

    /// <summary>Adds what the terms of a reading were given to the words.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="terms">What each of its terms was given.</param>
    /// <param name="words">Added to.</param>
    internal abstract void Add(SourceColumn reading, double[] terms, double[] words);
}

/// <summary>Terms of a raw text. A term of several words gives each its part; characters give to the word that they are of.</summary>
/// <param name="row">The row or cursor.</param>
/// <param name="column">The column of text.</param>
/// <param name="first">The step of the reading whose tokens are the words.</param>
internal sealed class TextWordShares(DataViewRow row, DataViewSchema.Column column, TokenIndexingTransformer first) : WordShares
{
    private readonly ValueGetter<ReadOnlyMemory<char>> _getter = row.GetGetter<ReadOnlyMemory<char>>(column);
    private readonly TextCutting _cutting = WordsOf(first);
    private ReadOnlyMemory<char> _text;

    internal override IReadOnlyList<string> Read()
    {
        _getter(ref _text);
        List<string> words = [];
        var terms = TextTerms.Of(_cutting, ngramLength: 1);
        terms.Start(_text);
        while (terms.MoveNext()) words.Add(terms.Current.ToString());
        return words;
    }

    internal override void Add(SourceColumn reading, double[] terms, double[] words)
    {
        var places = PlacesOf(reading.Text!, words.Length);
        for (int term = 0; term < terms.Length; term++)
        {
            // A term that cannot be found again among the words is shared out among all.
            var (start, count) = places is not null && places.Count == terms.Length && places[term].Count > 0 ? places[term] : new(0, words.Length);
            for (int word = start; word < start + count; word++) words[word] += terms[term] / count;
        }
    }

    /// <summary>Which words the terms of a reading are made of; null where it cuts in another way.</summary>
    private List<TermPlace>? PlacesOf(TokenIndexingTransformer step, int words)
    {
        var cutting = WordsOf(step);
        var places = step.PlacesOf(_text);
        if (cutting != _cutting)
        {
            if (cutting with { Split = _cutting.Split } != _cutting || cutting.Split != TokenSplit.Whitespace) return null;
            // Words lie within what stands between white space: as many in each as it gives by itself.
            List<TermPlace> runs = [];
            var terms = TextTerms.Of(cutting, ngramLength: 1);
            terms.Start(_text);
            while (terms.MoveNext())
            {
                int start = runs.Count == 0 ? 0 : runs[^1].First + runs[^1].Count;
                runs.Add(new TermPlace(start, CountWords(terms.Current.ToString().AsMemory())));
            }
            places = places.ConvertAll(place => place.First + place.Count > runs.Count
                ? default
                : new TermPlace(runs[place.First].First, runs.GetRange(place.First, place.Count).Sum(run => run.Count)));
        }
        return places.TrueForAll(place => place.First + place.Count <= words) ? places : null;
    }

    private int CountWords(ReadOnlyMemory<char> text)
    {
        int count = 0;
        var terms = TextTerms.Of(_cutting, ngramLength: 1);
        terms.Start(text);
        while (terms.MoveNext()) count++;
        return count;
    }

    /// <summary>How the words are cut of which a step makes terms: characters are those of what stands between white space.</summary>
    private static TextCutting WordsOf(TokenIndexingTransformer step) =>
        step.Shape.Cutting with { Split = step.Shape.Split == TokenSplit.WordCharacter ? TokenSplit.Whitespace : step.Shape.Split };
}

/// <summary>Keys of a vector: each is a word.</summary>
/// <param name="row">The row or cursor.</param>
/// <param name="column">The column of keys.</param>
internal sealed class KeyWordShares(DataViewRow row, DataViewSchema.Column column) : WordShares
{
    private readonly KeyReading.SequenceGetter _keys = KeyReading.Sequence(row, column, KeyReading.KeyCount(column));
    private readonly string[]? _texts = KeyColumn.TextsOf(column);

    internal override IReadOnlyList<string> Read()
    {
        List<string> words = [];
        foreach (int key in _keys()) words.Add(_texts?[key - 1] ?? key.ToString(CultureInfo.InvariantCulture));
        return words;
    }

    internal override void Add(SourceColumn reading, double[] terms, double[] words)
    {
        for (int i = 0; i < terms.Length; i++) words[i] += terms[i];
    }
}
