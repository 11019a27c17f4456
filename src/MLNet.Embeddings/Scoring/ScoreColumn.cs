using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A column that a network's scores are given out in, with the annotations by which ML.NET's evaluators and calibrators know it.</summary>
/// <param name="Name">Name of the column, and the kind of value it holds.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Task">The task in ML.NET's words.</param>
/// <param name="Getter">Makes the <see cref="ValueGetter{TValue}"/> of the column for one row or cursor.</param>
internal sealed record ScoreColumn(string Name, DataViewType Type, string Task, Func<IScores, Delegate> Getter)
{
    internal const string SetIdAnnotation = "ScoreColumnSetId";

    private static readonly KeyDataViewType SetIdType = new(typeof(uint), int.MaxValue);

    /// <summary>Whether the values are probabilities.</summary>
    internal bool IsNormalized { get; init; }

    /// <summary>The promise of the column, before anything is fitted.</summary>
    internal SchemaShape.Column Promise() => Detach(setId: 1).Promise();

    /// <summary>The column with its annotations.</summary>
    /// <param name="setId">Number that the columns of one scoring step share.</param>
    internal DataViewSchema.DetachedColumn Detach(uint setId)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(SetIdAnnotation, SetIdType, (ref uint value) => value = setId);
        annotations.Add("ScoreColumnKind", TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = Task.AsMemory());
        annotations.Add("ScoreValueKind", TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = Name.AsMemory());
        if (IsNormalized) annotations.Add("IsNormalized", BooleanDataViewType.Instance, (ref bool value) => value = true);
        return new DataViewSchema.DetachedColumn(Name, Type, annotations.ToAnnotations());
    }

    /// <summary>A number for the next scoring step: one more than the largest of the steps before, so that stacked models stay apart.</summary>
    internal static uint NextSetId(DataViewSchema schema)
    {
        uint largest = 0;
        foreach (var annotations in schema.Select(column => column.Annotations))
        {
            if (annotations.Schema.GetColumnOrNull(SetIdAnnotation)?.Type is not KeyDataViewType { RawType: var type } || type != typeof(uint)) continue;
            uint given = 0;
            annotations.GetValue(SetIdAnnotation, ref given);
            largest = Math.Max(largest, given);
        }
        return checked(largest + 1);
    }
}
