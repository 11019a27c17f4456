using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A column that a fitted encoder-decoder adds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Needs">What has to be computed for it.</param>
/// <param name="Getter">Makes its <see cref="ValueGetter{TValue}"/> for one row or cursor.</param>
internal sealed record OutputColumn(string Name, DataViewType Type, DecodedColumns Needs, Func<IDecodedRow, Delegate> Getter)
{
    /// <summary>The terms of its keys; null if its values are no keys.</summary>
    internal Vocabulary? Terms { get; init; }

    /// <summary>Whether it is a prediction, which is given out where a data frame is scored.</summary>
    internal bool IsScore { get; init; }

    /// <summary>The column with its annotations.</summary>
    /// <param name="setId">Number that the scores of one step share.</param>
    internal DataViewSchema.DetachedColumn Detach(uint setId)
    {
        if (Terms is not null) return KeyColumn.Deliver(Name, Type, Terms, source: null);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (IsScore) ScoreColumn.AddSetId(annotations, setId);
        return new DataViewSchema.DetachedColumn(Name, Type, annotations.ToAnnotations());
    }
}
