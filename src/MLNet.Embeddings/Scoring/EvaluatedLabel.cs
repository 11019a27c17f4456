using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A label column in the type that ML.NET's evaluators of its task read, made of one in another type; it takes the name of that.</summary>
/// <remarks>
/// A key with the classes of PredictedLabel for multiclass classification, key 0 for a value that is none of them; Boolean for binary classification; Single
/// for regression. Where the label is not there, or is of such a type already, there is nothing to make.
/// </remarks>
internal sealed class EvaluatedLabel
{
    private readonly LabelShape _label;
    private readonly Lazy<ValueClasses> _classes;

    private EvaluatedLabel(LabelShape label, DataViewSchema.Column input, DataViewSchema.DetachedColumn column)
    {
        (_label, Input, Column) = (label, input, column);
        _classes = new(() => new ValueClasses(Values(label)?.Texts ?? []));
    }

    /// <summary>The column that it is made of.</summary>
    internal DataViewSchema.Column Input { get; }

    /// <summary>The column that is made.</summary>
    internal DataViewSchema.DetachedColumn Column { get; }

    /// <summary>Those of a network's labels that a schema has in another type.</summary>
    internal static IReadOnlyList<EvaluatedLabel> Of(IReadOnlyList<LabelShape> labels, DataViewSchema input) =>
    [
        .. from label in labels
           let column = input.GetColumnOrNull(label.Name)
           where column is not null && Type(label, InputType.Of(column.Value)) is not null
           select new EvaluatedLabel(label, column.Value, Detach(label, InputType.Of(column.Value))),
    ];

    /// <summary>The promises of them, before anything is fitted.</summary>
    internal static IEnumerable<SchemaShape.Column> Promise(IEnumerable<LabelShape> labels, SchemaShape input) =>
        from label in labels
        let type = InputType.Of(input.Find("label", label.Name))
        where Type(label, type) is not null
        select Detach(label, type).Promise();

    /// <summary>The values for one row or cursor.</summary>
    internal EvaluatedValue Open(DataViewRow row)
    {
        if (_label is RegressionLabelShape)
        {
            var number = NumberReading.Scalar(row, Input);
            return new EvaluatedValue<float>(() => (float)number());
        }
        var classOf = _classes.Value.Open(row, Input);
        return _label is BinaryLabelShape
            ? new EvaluatedValue<bool>(() => classOf() is >= 0 and var number ? number == 1 : throw NoClass(row))
            : new EvaluatedValue<uint>(() => (uint)(Math.Max(classOf(), ValueClasses.NoClass) + 1));
    }

    /// <summary>The value in a graph; of what is none of two classes, false.</summary>
    internal OnnxValue ToOnnx(OnnxPipeline pipeline)
    {
        var given = pipeline.Column(Input.Name);
        if (_label is RegressionLabelShape) return given.Value.Cast(OnnxType.Single);
        // The place of a vocabulary's unknown term, as no text is.
        var keys = OnnxCategories.Keys(given, new Vocabulary(["\0", .. Values(_label)!.Texts]), TextRules.First);
        return _label is BinaryLabelShape ? keys.Is(3) : (keys - 1).Apply("Max", pipeline.Graph.Scalar(0L)).Cast(OnnxType.UInt32);
    }

    private InvalidOperationException NoClass(DataViewRow row)
    {
        string value = _classes.Value.UnknownText(row, Input), known = string.Join(" and ", Values(_label)!.Texts.Select(text => $"'{text}'"));
        return new(
            $"The label column '{_label.Name}' {(value.Length > 0 ? $"holds '{value}'" : "is missing")} in row {row.Position}; the network knows {known}. " +
            "Correct the value, or filter the row out before it is evaluated.");
    }

    private static DataViewType? Type(LabelShape label, InputType type) => (label, type) switch
    {
        (_, { IsVector: true }) => null,
        (RegressionLabelShape, { IsKey: false, Item: NumberDataViewType { RawType: var raw } }) when raw != typeof(float) => NumberDataViewType.Single,
        (BinaryLabelShape { Classes: { } classes }, _) when ValueClasses.CanRead(type) =>
            type.Item is BooleanDataViewType && classes.Kind != ClassKind.Boolean ? null : BooleanDataViewType.Instance,
        (MulticlassLabelShape { Classes: not null, ClassCount: var count }, { IsKey: false }) when ValueClasses.CanRead(type) =>
            new KeyDataViewType(typeof(uint), count),
        _ => null,
    };

    private static DataViewSchema.DetachedColumn Detach(LabelShape label, InputType type)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (label is MulticlassLabelShape { Classes: { } classes }) ClassCodec.Of(classes.Kind).Add(annotations, KeyTerms.KeyValues, classes.Texts);
        return new DataViewSchema.DetachedColumn(label.Name, Type(label, type)!, annotations.ToAnnotations());
    }

    private static ClassValues? Values(LabelShape label) => label switch
    {
        BinaryLabelShape binary => binary.Classes,
        ClassesLabelShape classes => classes.Classes,
        _ => null,
    };
}

/// <summary>A value that is made of each row of a cursor, in blocks as scores are or row by row.</summary>
internal abstract class EvaluatedValue
{
    /// <summary>Keeps the value of the row that the cursor stands on.</summary>
    /// <param name="index">Place of the row in its block.</param>
    internal abstract void Read(int index);

    /// <summary>The getter of the value.</summary>
    /// <param name="block">The block that holds the current row; null where the cursor stands on it.</param>
    internal abstract Delegate Getter(RowBlock? block);
}

/// <inheritdoc/>
/// <param name="read">Makes the value of the row that the cursor stands on.</param>
internal sealed class EvaluatedValue<T>(Func<T> read) : EvaluatedValue
{
    private T[] _kept = [];

    internal override void Read(int index)
    {
        if (index == _kept.Length) Array.Resize(ref _kept, Math.Max(1, 2 * index));
        _kept[index] = read();
    }

    internal override Delegate Getter(RowBlock? block) =>
        (ValueGetter<T>)((ref T value) => value = block is null or { Index: < 0 } ? read() : _kept[block.Index]);
}
