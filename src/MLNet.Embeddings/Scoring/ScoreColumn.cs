using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A column that a network's scores are given out in, with the annotations by which ML.NET's evaluators and calibrators know it.</summary>
/// <param name="Kind">The kind of value it holds, which is its name where a network has one label.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Task">The task in ML.NET's words.</param>
/// <param name="Getter">Makes the <see cref="ValueGetter{TValue}"/> of the column for one row or cursor.</param>
internal sealed record ScoreColumn(string Kind, DataViewType Type, string Task, Func<IScores, Delegate> Getter)
{
    /// <summary>The annotation that holds the two values that false and true stand for.</summary>
    internal const string ClassValues = nameof(ClassValues);

    private const string SetIdAnnotation = "ScoreColumnSetId";

    private static readonly KeyDataViewType SetIdType = new(typeof(uint), int.MaxValue);

    /// <summary>What the name begins with.</summary>
    internal string Prefix { get; init; } = "";

    /// <summary>Name of the column.</summary>
    internal string Name => Prefix + Kind;

    /// <summary>Number of the label that it belongs to, from 0.</summary>
    internal int Label { get; init; }

    /// <summary>The classes that it tells apart; null if there are none.</summary>
    internal ClassesLabelShape? Classes { get; init; }

    /// <summary>The values that false and true stand for; null where the label is Boolean itself, or the column is not.</summary>
    internal ClassValues? TwoValues { get; init; }

    /// <summary>Whether it has a score for each class, not the class itself.</summary>
    internal bool HasSlots { get; init; }

    /// <summary>Whether the values are probabilities.</summary>
    internal bool IsNormalized { get; init; }

    /// <summary>The promise of the column, before anything is fitted.</summary>
    internal SchemaShape.Column Promise() => Detach(setId: 1).Promise();

    /// <summary>The column with its annotations.</summary>
    /// <param name="setId">Number that the columns of the first label share; those of the next have the next.</param>
    internal DataViewSchema.DetachedColumn Detach(uint setId)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        uint labelId = setId + (uint)Label;
        AddSetId(annotations, labelId);
        annotations.Add("ScoreColumnKind", TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = Task.AsMemory());
        annotations.Add("ScoreValueKind", TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = Kind.AsMemory());
        if (IsNormalized) annotations.Add("IsNormalized", BooleanDataViewType.Instance, (ref bool value) => value = true);
        if (TwoValues is { } two) ClassCodec.Of(two.Kind).Add(annotations, ClassValues, two.Texts);
        if (Classes is { Classes: { } values })
            ClassCodec.Of(values.Kind).Add(annotations, HasSlots ? "TrainingLabelValues" : KeyTerms.KeyValues, values.Texts);
        if (Classes is { } named && HasSlots)
        {
            annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, named.ClassCount),
                (ref VBuffer<ReadOnlyMemory<char>> names) => FillNames(named, ref names));
        }
        return new DataViewSchema.DetachedColumn(Name, Type, annotations.ToAnnotations());
    }

    /// <summary>Whether a column is annotated as one that a scoring step made.</summary>
    internal static bool IsScore(DataViewSchema.Column column) => column.Annotations.Schema.GetColumnOrNull(SetIdAnnotation) is not null;

    /// <summary>The columns that scores are given out of: those that a scoring step made or, where a later step took the name, that step's column.</summary>
    internal static DataViewSchema.Column[] LatestOf(DataViewSchema schema) =>
        [.. schema.Where(IsScore).Select(column => column.Name).Distinct().Select(name => schema[name])];

    /// <summary>Annotates a column as one of those that a scoring step made together.</summary>
    internal static void AddSetId(DataViewSchema.Annotations.Builder annotations, uint setId) =>
        annotations.Add(SetIdAnnotation, SetIdType, (ref uint value) => value = setId);

    private static void FillNames(ClassesLabelShape classes, ref VBuffer<ReadOnlyMemory<char>> names)
    {
        var editor = VBufferEditor.Create(ref names, classes.ClassCount);
        for (int i = 0; i < classes.ClassCount; i++) editor.Values[i] = classes.NameOf(i).AsMemory();
        names = editor.Commit();
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
