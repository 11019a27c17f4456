namespace MLNet.Embeddings;

/// <summary>How terms come of the texts of a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Cutting">How its texts are cut.</param>
/// <param name="NgramLength">The longest run of tokens that is a term.</param>
/// <param name="MaxTokens">How many tokens of a text are read.</param>
/// <param name="Vocabulary">The terms.</param>
internal sealed record OnnxTextStep(string Column, TextCutting Cutting, int NgramLength, int MaxTokens, Vocabulary Vocabulary)
{
    /// <summary>What a fitted step does with the texts of each of its columns, and the column of keys that it makes.</summary>
    /// <exception cref="NotSupportedException">No graph can do so; the message says why and what to do.</exception>
    internal static IEnumerable<(string Output, OnnxTextStep Step)> Of(TokenStep step)
    {
        var shape = step.Shape;
        foreach (var (output, input) in shape.Columns)
        {
            OnnxRefusal.IfHashed(step.Keys, input, shape.HashBuckets ?? shape.NgramHashBuckets);
            OnnxRefusal.IfEarlier(shape.Rules, input);
            yield return (output, new OnnxTextStep(input, shape.Cutting, shape.NgramLength, shape.MaxLength, (Vocabulary)step.Keys));
        }
    }
}

/// <summary>Makes keys of texts within a graph. What several steps need of a column is computed once.</summary>
/// <remarks>
/// Texts become characters (by ONNX Runtime's Tokenizer), and characters numbers, which are brought to one form, cut, and hashed token by token: no operator
/// lower-cases a text without a locale of the machine, or cuts it by rules that look at neighbours. Two terms of one hash are as rare as two equal numbers of
/// 64 bits.
/// </remarks>
internal sealed class OnnxTexts
{
    private static readonly string[] OneEmpty = [""];

    private readonly OnnxGraph _graph;
    private readonly IReadOnlyList<OnnxTextStep> _steps;
    private readonly Func<string, OnnxValue> _textOf;
    private readonly CharacterForms _forms;
    private readonly Dictionary<(bool Standardize, bool HasWords), (string[] Characters, long[] Numbers, long Default)> _tables = [];
    private readonly Lazy<OnnxHashing> _hashing;
    private readonly Dictionary<string, OnnxValue> _texts = [];
    private readonly Dictionary<(string Column, bool Standardize, bool HasWords), OnnxValue> _numbers = [];
    private readonly Dictionary<(string Column, bool Standardize, TokenSplit Split), OnnxCharacters> _characters = [];
    private readonly Dictionary<(string Column, bool Standardize, TokenSplit Split), OnnxTokens> _tokens = [];

    /// <param name="graph">The graph.</param>
    /// <param name="steps">All steps that read texts.</param>
    /// <param name="textOf">The texts of a column, rows × 1.</param>
    internal OnnxTexts(OnnxGraph graph, IReadOnlyList<OnnxTextStep> steps, Func<string, OnnxValue> textOf)
    {
        (_graph, _steps, _textOf) = (graph, steps, textOf);
        _forms = new CharacterForms(steps.SelectMany(step => step.Vocabulary.Terms.Skip(1)));
        foreach (var cutting in steps.Select(step => step.Cutting))
        {
            var place = (cutting.Standardize, HasWords(cutting));
            if (!_tables.ContainsKey(place)) _tables[place] = CharacterTable.Of(place.Standardize, place.Item2, _forms);
        }
        _hashing = new(() => new OnnxHashing(
            graph.Vector(_forms.Values), graph.Vector(_forms.Lengths), graph.Vector(_forms.Powers), _forms.Powers.Length));
    }

    /// <summary>The keys of the texts of one of the steps.</summary>
    internal OnnxKeys KeysOf(OnnxTextStep step)
    {
        var (column, cutting) = (step.Column, step.Cutting);
        var place = (column, cutting.Standardize, cutting.Split);
        // Words and their characters are cut out of the same form.
        var formPlace = place with { Split = HasWords(cutting) ? TokenSplit.Word : TokenSplit.Whitespace };
        if (!_tokens.TryGetValue(place, out var tokens))
        {
            if (!_characters.TryGetValue(formPlace, out var characters))
                _characters[formPlace] = characters = OnnxCharacters.Of(NumbersOf(column, cutting), cutting);
            _tokens[place] = tokens = OnnxTokens.Of(characters, cutting, _hashing.Value);
        }
        return new OnnxTerms(step, _forms).Of(tokens);
    }

    private static bool HasWords(TextCutting cutting) => cutting.Split is TokenSplit.Word or TokenSplit.WordCharacter;

    /// <summary>The numbers of the characters of a column's texts, with the end before the first and behind each.</summary>
    private OnnxValue NumbersOf(string column, TextCutting cutting)
    {
        var (standardize, hasWords) = (cutting.Standardize, HasWords(cutting));
        if (!_numbers.ContainsKey((column, standardize, hasWords)))
        {
            // One table for all columns that it serves.
            string[] columns = [.. _steps.Where(step => step.Cutting.Standardize == standardize && HasWords(step.Cutting) == hasWords)
                .Select(step => step.Column).Distinct()];
            OnnxValue[] texts = [.. columns.Select(CharactersOf)];
            var numbers = Look(texts.Length == 1 ? texts[0] : texts[0].Concat(0, texts.AsSpan(1)), standardize, hasWords);
            OnnxValue? start = null;
            foreach (var (i, name) in columns.Index())
            {
                OnnxValue end = start is { } before ? before + texts[i].Extent(0) : texts[i].Extent(0);
                var own = texts.Length == 1 ? numbers : numbers.Slice(start ?? _graph.Vector(0L), end);
                start = end;
                _numbers[(name, standardize, hasWords)] = WithoutPadding(own, _textOf(name).Extent(0));
            }
        }
        return _numbers[(column, standardize, hasWords)];
    }

    /// <summary>The characters of a column's texts, and their end: for each row one more than the longest has, filled up with ends.</summary>
    private OnnxValue CharactersOf(string column)
    {
        if (_texts.TryGetValue(column, out var known)) return known;
        var texts = _textOf(column);
        var characters = _graph.Apply(OnnxDomains.Runtime, "Tokenizer", [texts],
            ("mark", 0L), ("mincharnum", 1L), ("pad_value", ""), ("separators", OneEmpty));
        var end = _graph.Vector("").Reshape(1, 1, 1).Expand(texts.Extent(0).Concat(0, _graph.Vector(1L, 1L)));
        return _texts[column] = characters.Concat(2, end).Reshape(-1);
    }

    private OnnxValue Look(OnnxValue characters, bool standardize, bool hasWords)
    {
        var (known, numbers, common) = _tables[(standardize, hasWords)];
        return _graph.Apply(OnnxDomains.Learning, "LabelEncoder", [characters],
            ("keys_strings", known), ("values_int64s", numbers), ("default_int64", common));
    }

    /// <summary>Leaves out all ends but the first of each row.</summary>
    private OnnxValue WithoutPadding(OnnxValue numbers, OnnxValue rows)
    {
        var isMore = !numbers.Reshape(rows.Concat(0, _graph.Vector(-1L))).Is(CharacterTable.Number(CharacterKind.End, CharacterForms.End));
        var first = _graph.Vector(true).Reshape(1, 1).Expand(rows.Concat(0, _graph.Vector(1L)));
        var kept = first.Concat(1, isMore.Slice(0, -1, axis: 1)).Reshape(-1);
        return _graph.Vector(CharacterTable.Number(CharacterKind.End, CharacterForms.End)).Concat(0, numbers.Where(kept));
    }
}
