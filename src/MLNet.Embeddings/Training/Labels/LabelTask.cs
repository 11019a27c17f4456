using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>What a kind of label asks of its column, before any of its rows is known.</summary>
internal abstract class LabelTask
{
    internal static LabelTask Of(LabelColumn label) => label switch
    {
        BinaryLabel binary => new BinaryTask(binary),
        MulticlassLabel multiclass => new MulticlassTask(multiclass),
        LabelSet set => new SetTask(set),
        RegressionLabel regression => new RegressionTask(regression),
        _ => throw new UnreachableException(label.ToString()),
    };

    /// <summary>The label as the options name it.</summary>
    internal abstract LabelColumn Label { get; }

    /// <summary>Whether its values are classes, whose shares validation rows should keep.</summary>
    internal virtual bool HasClasses => true;

    /// <exception cref="ArgumentOutOfRangeException">The label column is of a type that the task cannot learn.</exception>
    internal abstract void CheckType(InputType type);

    /// <summary>What to do with a vector where one label per row is learned.</summary>
    private protected string VectorCure(InputType type) => type.IsKey || type.Item is TextDataViewType
        ? $"Give one label per row; a set of labels per row is learned by LabelColumn.Set(\"{Label.Name}\") and mlContext.MultiOutput()."
        : "Give one label per row; several are learned together, a column each, by mlContext.MultiOutput().";

    /// <summary>The label's form as far as the promise of its column tells.</summary>
    internal abstract LabelShape Promise(SchemaShape.Column column);

    /// <summary>What reads the label in one fit.</summary>
    /// <param name="column">The label column of the training rows, whose type was checked.</param>
    /// <param name="previous">The label of an earlier model to train on from; null for none.</param>
    internal abstract LabelReader Begin(DataViewSchema.Column column, LabelShape? previous);
}

/// <summary>The weights of a label's classes, worked out from its rows.</summary>
internal static class ClassWeighting
{
    /// <summary>A weight per class.</summary>
    /// <param name="weights">The setting; null for all alike.</param>
    /// <param name="label">Name of the label column.</param>
    /// <param name="names">Names of the classes.</param>
    /// <param name="labels">How many rows are of each class.</param>
    /// <exception cref="InvalidOperationException">A weight is given for a class that does not exist.</exception>
    internal static double[] Of(ClassWeights? weights, string label, IReadOnlyList<string> names, ClassCounts labels)
    {
        if (weights is null) return [.. names.Select(_ => 1.0)];
        if (weights.Given is not { } given) return Balanced(names.Count, labels);

        if (given.Keys.Except(names).FirstOrDefault() is { } unknown)
        {
            throw new InvalidOperationException(
                $"ClassWeights of label '{label}' names the class '{unknown}', which does not exist. The classes are: " +
                $"{string.Join(", ", names.Take(20).Select(name => $"'{name}'"))}{(names.Count > 20 ? ", ..." : "")}. Correct the name.");
        }
        return [.. names.Select(name => given.GetValueOrDefault(name, 1))];
    }

    private static double[] Balanced(int classes, ClassCounts labels)
    {
        double[] counts = [.. Enumerable.Range(0, classes).Select(number => (double)labels.Of(number))];
        double present = counts.Count(count => count > 0), rows = counts.Sum();
        return Array.ConvertAll(counts, count => count > 0 ? rows / (present * count) : 1);
    }
}
