namespace MLNet.Embeddings;

/// <summary>The start of a fit from the weights of an earlier model, whose vocabularies may have grown since.</summary>
/// <param name="previous">The earlier model.</param>
internal sealed class WarmStart(TrainedNetwork previous)
{
    /// <summary>The scales that the numbers had, by position; the weights go with them.</summary>
    internal IReadOnlyList<NumberScale?> Scales { get; } = [.. previous.Shape.Columns.Select(column => (column as NumberShape)?.Scale(previous))];

    /// <summary>The form to train, with what the earlier model measured of numbers and labels.</summary>
    /// <param name="shape">The form that options and data ask for.</param>
    /// <param name="data">The columns' values.</param>
    /// <exception cref="ArgumentException">It is not that of the earlier model, grown; the message has a line for each difference.</exception>
    internal NetworkShape Adopt(NetworkShape shape, IReadOnlyList<ColumnData> data)
    {
        OptionErrors.ThrowIfAny("The earlier model", Differences(shape, data), nameof(previous));
        return shape with { Columns = [.. shape.Columns.Zip(previous.Shape.Columns, (now, before) => before is NumberShape ? before : now)] };
    }

    /// <summary>What the labels mean, in the terms of the earlier model.</summary>
    internal NetworkObjective Adopt(NetworkObjective objective) => objective with { Labels = [.. objective.Labels.Select(Adopt)] };

    private Objective Adopt(Objective objective, int label) =>
        label < previous.Shape.Labels.Count ? objective.Continue(previous.Shape.Labels[label]) : objective;

    /// <summary>Initial arrays with the earlier weights laid over them; rows of keys and classes that are new keep theirs.</summary>
    internal IReadOnlyDictionary<string, InitialArray> LaidOver(IReadOnlyDictionary<string, InitialArray> initial) =>
        initial.ToDictionary(array => array.Key, array => LaidOver(array.Value, previous[array.Key]));

    private static InitialArray LaidOver(InitialArray initial, ReadOnlySpan<float> before)
    {
        // Networks share what is not trained.
        float[] values = initial.IsTrained ? initial.Values : [.. initial.Values];
        before[..Math.Min(before.Length, values.Length)].CopyTo(values);
        return initial with { Values = values };
    }

    /// <summary>The cure of a difference that settings make.</summary>
    internal const string SetAsBefore = "Set them as they were, or fit without the earlier model.";

    private IEnumerable<string> Differences(NetworkShape shape, IReadOnlyList<ColumnData> data)
    {
        var (columns, before) = (shape.Columns, previous.Shape.Columns);
        if (!columns.Select(column => column.Name).SequenceEqual(before.Select(column => column.Name)))
            yield return $"It reads the columns {Names(before.Select(column => column.Name))}; the settings name " +
                $"{Names(columns.Select(column => column.Name))}. Name the same ones in the same order, or fit without the earlier model.";
        else
        {
            foreach (string difference in columns.Zip(before, data).SelectMany(one => Differences(one.First, one.Second, one.Third)))
                yield return difference;
        }

        var (then, now) = ShapeSettings.Differences(ShapeSettings.Of(previous.Shape.Head), ShapeSettings.Of(shape.Head));
        if (then != now) yield return $"Its network has {then}; the settings ask for {now}. {SetAsBefore}";

        var labels = previous.Shape.Labels;
        if (!shape.Labels.Select(label => (label.Name, label.GetType())).SequenceEqual(labels.Select(label => (label.Name, label.GetType()))))
            yield return $"It predicts {Names(labels.Select(label => label.Name))} by other tasks or under other names than " +
                $"{Names(shape.Labels.Select(label => label.Name))}. Name the same labels, of the same kinds, in the same order.";
        else
        {
            foreach (string difference in shape.Labels.Zip(labels).SelectMany(pair => Differences(shape, pair.First, pair.Second))) yield return difference;
        }
    }

    private static IEnumerable<string> Differences(ColumnShape now, ColumnShape before, ColumnData data) => (now, before) switch
    {
        (EmbeddingShape { KeyCount: var count }, EmbeddingShape terms) when count < terms.KeyCount =>
            [$"Column '{now.Name}' had {terms.KeyCount} keys and has {count}: let the vocabulary grow by Fit(data, previous) of the indexing step."],
        (EmbeddingShape, EmbeddingShape { Terms: { } known, KeyCount: var count })
            when ((TermData)data).Terms?.Checksum(count) is { } terms && terms != known =>
            [$"The keys of column '{now.Name}' do not begin with the {count} terms that it knows: let that vocabulary grow by Fit(data, previous) of the " +
                "indexing step."],
        _ => ShapeSettings.Differences(ShapeSettings.Of(before), ShapeSettings.Of(now)) is var (then, asked) && then != asked
            ? [$"Column '{now.Name}' was read in another way: by {then}; the settings and the data ask for {asked}. {SetAsBefore}"]
            : [],
    };

    private static IEnumerable<string> Differences(NetworkShape shape, LabelShape now, LabelShape before)
    {
        if ((now, before) is (BinaryLabelShape { Classes: { } two }, BinaryLabelShape { Classes: { } earlier }) && !two.Texts.SequenceEqual(earlier.Texts))
            yield return $"The positive value of label '{now.Name}' was '{earlier.Texts[1]}' and is '{two.Texts[1]}'. Set its PositiveLabel to what it was.";
        if ((now, before) is not (ClassesLabelShape classes, ClassesLabelShape known)) yield break;
        bool goesOn = classes.ClassCount >= known.ClassCount
            && (classes.Classes is null || known.Classes is null || classes.Classes.Texts.Take(known.ClassCount).SequenceEqual(known.Classes.Texts));
        if (!goesOn)
            yield return $"The classes of label '{now.Name}' do not begin with the {known.ClassCount} that it knows: make keys of them by the same fitted " +
                "step, or by one whose keys go on from it.";
        else if (classes.ClassCount > known.ClassCount && (shape.Head.EnsembleSize > 1 || now != shape.Labels[^1]))
            yield return $"The label '{now.Name}' has {classes.ClassCount - known.ClassCount} new classes; those of an ensemble, or of a label before " +
                "others, cannot grow. Leave rows of new classes out, or fit without the earlier model.";
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
