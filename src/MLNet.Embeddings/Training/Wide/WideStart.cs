namespace MLNet.Embeddings;

/// <summary>
/// The start of a wide part from that of an earlier model: features stay what they were, and weights are held to the earlier ones instead of to zero, so that
/// few new rows change little of what many old ones taught.
/// </summary>
/// <param name="previous">The earlier wide part.</param>
internal sealed class WideStart(TrainedWide previous)
{
    /// <summary>The crossed columns and their pairs; values that are new make no pairs.</summary>
    internal IEnumerable<(WideCross Column, float[] Pairs)> Crosses =>
        previous.Shape.Columns.OfType<WideCross>().Select(cross => (cross, previous.Weights[cross.Pairs].Values));

    /// <summary>The scale that a column's numbers had; null for other columns, and where it does not fit the data.</summary>
    internal NumberScale? ScaleOf(int column, ColumnData data) =>
        previous.Shape.Columns.ElementAtOrDefault(column) is WideNumbers numbers && data is NumberData { Size: var size } && size == numbers.KnotCounts.Count
            ? numbers.Scale(previous)
            : null;

    /// <summary>The form to train: that of the data, but for what the earlier one measured of numbers.</summary>
    /// <exception cref="ArgumentException">It is not that of the earlier model, grown; the message has a line for each difference.</exception>
    internal WideShape Adopt(WideShape shape)
    {
        OptionErrors.ThrowIfAny("The earlier model", Differences(shape), nameof(previous));
        return shape with { Columns = [.. shape.Columns.Zip(previous.Shape.Columns, Adopt)] };
    }

    /// <summary>Where rare keys were left out, since there were too many, those that are new are left out too.</summary>
    private static WideColumn Adopt(WideColumn now, WideColumn before) => (now, before) switch
    {
        (_, WideNumbers) => before,
        (WideTerms terms, WideTerms known) when known.KeptKeys < known.KeyCount => terms with { KeptKeys = known.KeptKeys },
        (WideCategory category, WideCategory known) when known.KeptKeys < known.KeyCount => category with { KeptKeys = known.KeptKeys },
        _ => now,
    };

    /// <summary>Lays what was known of terms over what the new rows tell.</summary>
    internal void LayOver(WideTerms column, float[] inverseFrequencies) => previous[column.InverseFrequencies].CopyTo(inverseFrequencies);

    /// <summary>The earlier parameters in the place of the form's (features × outputs, then the bias); zero for new keys and classes.</summary>
    internal float[] Parameters(WideShape shape)
    {
        int outputs = shape.Outputs, known = previous.Shape.Outputs, start = 0;
        float[] parameters = new float[(shape.Columns.Sum(column => column.FeatureCount) + 1) * outputs];
        foreach (var column in shape.Columns)
        {
            Lay(previous[column.Weights], parameters.AsSpan(start));
            start += column.FeatureCount * outputs;
        }
        Lay(previous[WideShape.Bias], parameters.AsSpan(start));
        return parameters;

        // New classes come behind those that are known.
        void Lay(ReadOnlySpan<float> before, Span<float> now)
        {
            for (int row = 0; row < before.Length / known; row++) before.Slice(row * known, known).CopyTo(now[(row * outputs)..]);
        }
    }

    private IEnumerable<string> Differences(WideShape shape)
    {
        if (shape.Outputs < previous.Shape.Outputs)
            yield return $"Its wide part has {previous.Shape.Outputs} outputs; the labels of the settings and the data ask for {shape.Outputs}. " +
                "Give labels of the same classes, or more.";
        string now = Names(shape), before = Names(previous.Shape);
        if (now != before) yield return $"Its wide part reads the columns {before}; the settings ask for {now}. {WarmStart.SetAsBefore}";
        else
        {
            foreach (var (column, known) in shape.Columns.Zip(previous.Shape.Columns))
            {
                if (column.GetType() != known.GetType() || column is not WideNumbers && column.FeatureCount < known.FeatureCount
                    || (column, known) is (WideNumbers { KnotCounts.Count: var size }, WideNumbers { KnotCounts.Count: var given }) && size != given)
                {
                    yield return $"Its wide part read column '{known.Name}' in another way: as {Describe(known)}; now it would be {Describe(column)}. Give " +
                        "the column as it was, its keys made by the same fitted step, or fit without the earlier model.";
                }
            }
        }
    }

    private static string Describe(WideColumn column) => column switch
    {
        WideTerms terms => $"a text or a bag of {terms.KeyCount} keys",
        WideCategory category => $"a category of {category.KeyCount} keys",
        WideCross => "two crossed categories",
        WideNumbers { KnotCounts.Count: var count } => $"numbers, {count} a row",
        _ => column.Name,
    };

    private static string Names(WideShape shape) => string.Join(", ", shape.Columns.Select(column => $"'{column.Name}'"));
}
