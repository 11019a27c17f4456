using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>Keys of values in a graph: those that a vocabulary has for their terms.</summary>
internal static class OnnxCategories
{
    /// <summary>The keys, in the extents of the values: 0 for a missing one, 1 for one that is not known.</summary>
    internal static OnnxValue Keys(OnnxColumn column, Vocabulary vocabulary, int rules)
    {
        var (values, graph) = (column.Value, column.Value.Graph);
        if (column.IsKey) return OfKeys(column, vocabulary);
        switch (column.Type)
        {
            case OnnxType.Text: return Look(values, "keys_strings", Texts(vocabulary, rules));
            case OnnxType.Boolean:
                long[] keys = [vocabulary.KeyOf(bool.FalseString), vocabulary.KeyOf(bool.TrueString)];
                return graph.Vector(keys).At(values.Cast(OnnxType.Int64));
            case OnnxType.Single or OnnxType.Double: return OfFloats(values.Cast(OnnxType.Double), vocabulary, column.Type == OnnxType.Single);
            default: return Look(values.Cast(OnnxType.Int64), "keys_int64s", Integers(vocabulary, column.Type == OnnxType.UInt64));
        }
    }

    private static OnnxValue OfKeys(OnnxColumn column, Vocabulary vocabulary)
    {
        var given = column.Value.Cast(OnnxType.Int64);
        if (column.Terms?.Invoke() is not { } terms) return Look(given, "keys_int64s", [.. Integers(vocabulary, isUnsigned: false), (0, TermKeys.Missing)]);
        long[] keys = [TermKeys.Missing, .. terms.Select(term => (long)vocabulary.KeyOf(term))];
        return given.Graph.Vector(keys).At(given);
    }

    /// <summary>Numbers are found by their values in single precision, and kept if they are those in double: once for each that is alike in single.</summary>
    private static OnnxValue OfFloats(OnnxValue values, Vocabulary vocabulary, bool isSingle)
    {
        var graph = values.Graph;
        var culture = CultureInfo.InvariantCulture;
        (double Number, long Key)[] known =
        [
            .. from term in Terms(vocabulary)
               where double.TryParse(term.Term, NumberStyles.Float, culture, out _)
               let number = isSingle ? float.Parse(term.Term, culture) : double.Parse(term.Term, culture)
               where IsTermOf(number, term.Term, isSingle)
               select (number, term.Key),
        ];
        double[] numbers = [double.NaN, double.NaN, .. known.Select(one => one.Number)];
        long[] keys = [TermKeys.Unknown, TermKeys.Unknown, .. known.Select(one => one.Key)];
        var alike = known.Index().GroupBy(one => (float)one.Item.Number).ToArray();
        var found = graph.Scalar((long)TermKeys.Unknown).Expand(values.Apply("Shape"));
        for (int i = 0; i < alike.Select(group => group.Count()).DefaultIfEmpty().Max(); i++)
        {
            var these = alike.Where(group => group.Count() > i).Select(group => (group.Key, group.ElementAt(i).Index + 2L));
            var places = Look(values.Cast(OnnxType.Single), "keys_floats", these);
            found = graph.Vector(keys).At(places).If(graph.Vector(numbers).At(places).Is(values), found);
        }
        return graph.Scalar((long)TermKeys.Missing).If(OnnxNumbers.IsMissing(values), found);
    }

    /// <summary>Whether a text is that of a number: no column of numbers gives others, as 007.</summary>
    private static bool IsTermOf(double number, string term, bool isSingle)
    {
        Span<char> memory = stackalloc char[ValueTerms.Longest];
        return term.AsSpan().SequenceEqual(isSingle ? ValueTerms.OfFloat((float)number, memory) : ValueTerms.OfFloat(number, memory));
    }

    private static IEnumerable<(long, long)> Integers(Vocabulary vocabulary, bool isUnsigned)
    {
        var culture = CultureInfo.InvariantCulture;
        foreach (var (term, key) in Terms(vocabulary))
        {
            if (isUnsigned && ulong.TryParse(term, culture, out ulong large) && large.ToString(culture) == term) yield return (unchecked((long)large), key);
            else if (!isUnsigned && long.TryParse(term, NumberStyles.AllowLeadingSign, culture, out long whole) && whole.ToString(culture) == term)
                yield return (whole, key);
        }
    }

    /// <summary>The terms, and those with marks in all ways to write them: each is the same term in Unicode.</summary>
    private static IEnumerable<(string, long)> Texts(Vocabulary vocabulary, int rules)
    {
        var terms = Terms(vocabulary).Concat([(Term: "", Key: (long)TermKeys.Missing)]);
        return rules == TextRules.First
            ? terms
            : terms.Concat(Terms(vocabulary).SelectMany(term => CanonicalForm.Spellings(term.Term).Select(spelling => (spelling, term.Key))));
    }

    private static IEnumerable<(string Term, long Key)> Terms(Vocabulary vocabulary) =>
        vocabulary.Terms.Index().Skip(1).Select(term => (term.Item, (long)vocabulary.KeyAt(term.Index)));

    private static OnnxValue Look<T>(OnnxValue values, string setting, IEnumerable<(T Value, long Key)> known)
    {
        (T Value, long Key)[] all = [.. known.DistinctBy(one => one.Value)];
        return values.Graph.Apply(OnnxDomains.Learning, "LabelEncoder", [values],
            (setting, all.Select(one => one.Value).ToArray()), ("values_int64s", all.Select(one => one.Key).ToArray()),
            ("default_int64", (long)TermKeys.Unknown));
    }
}
