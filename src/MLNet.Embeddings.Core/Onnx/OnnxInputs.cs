namespace MLNet.Embeddings;

/// <summary>What the columns of a network read, within a graph: raw columns, or what fitted steps make of them.</summary>
internal sealed class OnnxInputs
{
    private readonly Func<string, OnnxColumn> _raw;
    private readonly bool _areFilledUp;
    private readonly Dictionary<string, Func<OnnxKeys>> _sequences = [];
    private readonly Dictionary<string, Func<OnnxValue>> _values = [];
    private readonly Dictionary<string, OnnxKeys> _keys = [];
    private readonly Dictionary<string, OnnxValue> _made = [];
    private readonly OnnxTexts _texts;

    /// <param name="graph">The graph.</param>
    /// <param name="steps">What makes keys and numbers of raw columns.</param>
    /// <param name="raw">A raw column, by its name.</param>
    /// <param name="areFilledUp">Whether raw columns of keys have 0 behind the keys of a row only.</param>
    /// <exception cref="NotSupportedException">A step cannot be told in operators of ONNX; the message says which and what to do.</exception>
    internal OnnxInputs(OnnxGraph graph, IReadOnlyList<FittedStep> steps, Func<string, OnnxColumn> raw, bool areFilledUp = false)
    {
        (_raw, _areFilledUp) = (raw, areFilledUp);
        (string Output, OnnxTextStep Step)[] texts = [.. steps.OfType<TokenStep>().SelectMany(OnnxTextStep.Of)];
        _texts = new OnnxTexts(graph, [.. texts.Select(text => text.Step)], name => raw(name).Value);
        foreach (var (output, text) in texts) _sequences[output] = () => _texts.KeysOf(text);
        foreach (var step in steps)
        {
            if (step is CategoryStep categories) Add(categories);
            else if (step is DateStep { Shape: var date }) Add(date);
        }
    }

    /// <summary>The key of each row in a column, a vector of Int64.</summary>
    internal OnnxValue KeyOf(string column) => Once(column, ".key", () => MatrixOf(column).Reshape(-1));

    /// <summary>The keys of each row in a column.</summary>
    internal OnnxKeys KeysOf(string column)
    {
        if (!_keys.TryGetValue(column, out var keys))
            _keys[column] = keys = _sequences.TryGetValue(column, out var made) ? made() : OnnxKeys.Of(MatrixOf(column), _areFilledUp);
        return keys;
    }

    /// <summary>The numbers of each row in a column, rows × numbers, in double precision.</summary>
    internal OnnxValue NumbersOf(string column) => Once(column, ".numbers", () => Matrix(column).Cast(OnnxType.Double));

    /// <summary>The keys of each row in a column, rows × keys, as Int64.</summary>
    internal OnnxValue MatrixOf(string column) => Once(column, ".keys", () => Matrix(column).Cast(OnnxType.Int64));

    private OnnxValue Matrix(string column) => _values.TryGetValue(column, out var make) ? make() : _raw(column).Value;

    private OnnxValue Once(string column, string part, Func<OnnxValue> make)
    {
        if (!_made.TryGetValue(column + part, out var value)) _made[column + part] = value = make();
        return value;
    }

    private void Add(CategoryStep step)
    {
        OnnxRefusal.IfHashed(step.Keys[0], step.Shape.Columns[0].InputColumnName, step.Shape.HashBuckets);
        foreach (var (output, input) in step.Shape.Columns)
        {
            _values[output] = () =>
            {
                var column = _raw(input);
                OnnxRefusal.IfUnfilled(column, input);
                return OnnxCategories.Keys(column, (Vocabulary)step.Keys[0], step.Shape.Rules);
            };
        }
    }

    private void Add(DatePartsShape shape)
    {
        OnnxValue Time() => Once(shape.InputColumnName, ".milliseconds", () => Milliseconds(_raw(shape.InputColumnName).Value, shape));
        _values[shape.TimeColumn] = () => OnnxDates.Time(Time(), shape);
        foreach (var part in shape.Parts) _values[shape.PartColumn(part)] = () => OnnxDates.Part(Time(), part);
    }

    private static OnnxValue Milliseconds(OnnxValue dates, DatePartsShape shape)
    {
        if (shape.Format is { } format) return new OnnxDateText(dates, format).Milliseconds();
        // The default of a date is a missing one.
        return shape.IsSpan ? dates : dates.Graph.Scalar(OnnxDates.Missing).If(dates.Is(OnnxDates.Default), dates);
    }
}

/// <summary>Refuses what no graph can compute, and says what to do.</summary>
internal static class OnnxRefusal
{
    internal const string FromKeys = "or export what comes behind the keys with OnnxOptions.Inputs = OnnxInputKind.Keys, and make the keys in .NET.";

    internal static void IfHashed(TermKeys keys, string column, int? buckets)
    {
        if (keys is Vocabulary && buckets is null) return;
        throw new NotSupportedException(
            $"The keys of column '{column}' are hashed into {buckets} buckets; ONNX has no operator that gives the same keys (XXH3). Leave HashBuckets and " +
            $"NgramHashBuckets out, so that the column has a vocabulary, and fit the model again, {FromKeys}");
    }

    /// <summary>Lists of whole numbers or Booleans of different lengths: nothing could be put where a row has fewer than others.</summary>
    internal static void IfUnfilled(OnnxColumn column, string name)
    {
        if (!column.IsRagged || column.IsKey || column.Type is OnnxType.Text or OnnxType.Single or OnnxType.Double) return;
        throw new NotSupportedException(
            $"The column '{name}' holds lists of {column.Type} of different lengths; in an ONNX file, rows are filled up to one length, and no {column.Type} " +
            "stands for none. Convert the column to texts or Single and fit the model again, or give each row as many values.");
    }

    internal static void IfEarlier(int rules, string column)
    {
        if (rules == TextRules.Current) return;
        throw new NotSupportedException(
            $"The texts of column '{column}' are cut by rules {rules}, those of an earlier version of MLNet.Embeddings; an ONNX file can cut them by rules " +
            $"{TextRules.Current} only. Fit the model again, {FromKeys}");
    }
}
