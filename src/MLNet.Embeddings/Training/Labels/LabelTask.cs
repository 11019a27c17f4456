using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What a kind of label asks of its column, before any of its rows is known.</summary>
internal abstract class LabelTask
{
    internal static LabelTask Of(LabelColumn label) => label switch
    {
        BinaryLabel binary => new BinaryTask(binary),
        MulticlassLabel multiclass => new MulticlassTask(multiclass),
        RegressionLabel regression => new RegressionTask(regression),
        _ => throw new UnreachableException(label.ToString()),
    };

    /// <summary>The label as the options name it.</summary>
    internal abstract LabelColumn Label { get; }

    /// <summary>Whether its values are classes, whose shares validation rows should keep.</summary>
    internal virtual bool HasClasses => true;

    /// <exception cref="ArgumentOutOfRangeException">The label column is of a type that the task cannot learn.</exception>
    internal abstract void CheckType(InputType type);

    /// <summary>The label's form as far as the promise of its column tells.</summary>
    internal abstract LabelShape Promise(SchemaShape.Column column);

    /// <summary>Getter of a row's label; NaN is missing.</summary>
    internal abstract Func<float> Open(DataViewRow row, DataViewSchema.Column column);

    /// <summary>What to train for.</summary>
    /// <param name="column">The label column.</param>
    /// <param name="labels">All labels of the rows to learn from; NaN is missing.</param>
    /// <exception cref="InvalidOperationException">Nothing can be learned from these labels.</exception>
    internal abstract Objective Learn(DataViewSchema.Column column, ReadOnlySpan<float> labels);

    /// <exception cref="InvalidOperationException">The label of validation rows means something else than that of training rows.</exception>
    internal virtual void CheckSame(DataViewSchema.Column training, DataViewSchema.Column validation)
    {
    }
}
