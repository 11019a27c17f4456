using System.Globalization;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A label whose classes are values of any type: all that training rows have, found in a pass of its own.</summary>
/// <param name="column">The label column of the training rows.</param>
/// <param name="known">The classes of an earlier model, which come first; null for none.</param>
internal abstract class ValueLabelReader(DataViewSchema.Column column, ClassValues? known) : LabelReader(column.Name)
{
    private readonly SeenValues _values = new(column);
    private int _unknownRows;
    private string? _unknownText;

    /// <summary>The classes, once they are decided.</summary>
    private protected ClassValues Classes { get; private set; } = null!;

    private protected ValueClasses Numbers { get; private set; } = null!;

    /// <summary>The classes in their order.</summary>
    /// <param name="texts">Those of an earlier model, then new ones in the order of their values.</param>
    /// <param name="before">Those of the earlier model; null for none.</param>
    private protected abstract IReadOnlyList<string> Order(IReadOnlyList<string> texts, ClassValues? before);

    internal sealed override LabelSource Source => base.Source with
    {
        ReasonToLeaveOut = $"label '{Name}' is missing, or of a class that the training rows do not have: train on rows of all classes",
        DescribeNone = rows => Unknown is null
            ? null
            : $"In none of the {rows} rows has the label column '{Name}' a value that training rows have: it is missing in {rows - _unknownRows}, and " +
                $"another one in {_unknownRows}, such as '{_unknownText}'. Train on rows of all classes, or validate on rows of those that are trained on.",
    };

    internal sealed override Func<DataViewRow, Action> Collector => _values.Open;

    internal sealed override IMergeable Collected => _values;

    internal sealed override void Decide()
    {
        var kind = known?.Kind ?? ClassValueOrder.KindOf(column);
        string[] before = [.. known?.Texts ?? []], added = [.. _values.Texts.Except(before)];
        if (new ClassValues(kind, [.. added.Order(StringComparer.Ordinal)]).Faults().FirstOrDefault() is { } fault)
        {
            throw new InvalidOperationException(
                $"{fault} It is in the label column '{Name}', whose classes the earlier model knows as values of that type. Convert the column to it by " +
                $"mlContext.Transforms.Conversion.ConvertType(\"{Name}\", outputKind: DataKind.{kind}) before the trainer.");
        }
        Classes = new ClassValues(kind, Order([.. before, .. added.Order(ClassValueOrder.Of(kind))], known));
        if (Classes.Texts.Count > ClassesLabelShape.MostClasses)
        {
            throw new InvalidOperationException(
                $"The label column '{Name}' has {Classes.Texts.Count} different values; there can be {ClassesLabelShape.MostClasses} classes. Predict a " +
                "number with a regression trainer, or leave out rare values.");
        }
        Numbers = new ValueClasses(Classes.Texts);
    }

    /// <summary>Takes note of a row that holds a value which no training row has.</summary>
    private protected void NoteUnknown(DataViewRow row, DataViewSchema.Column validation)
    {
        _unknownRows++;
        _unknownText ??= Numbers.UnknownText(row, validation);
    }

    internal sealed override string? Unknown => _unknownRows == 0
        ? null
        : $"{_unknownRows} validation rows hold a value of label '{Name}' that no training row has, such as '{_unknownText}'; it was left out. Train " +
            "on rows of all classes.";
}

/// <summary>A label of one value a row, of any type.</summary>
/// <inheritdoc cref="ValueLabelReader" path="/param"/>
internal abstract class ScalarValueReader(DataViewSchema.Column column, ClassValues? known) : ValueLabelReader(column, known)
{
    internal sealed override Func<float> Open(DataViewRow row, DataViewSchema.Column column)
    {
        var number = Numbers.Open(row, column);
        return () =>
        {
            int value = number();
            if (value == ValueClasses.NoClass) NoteUnknown(row, column);
            return value < 0 ? float.NaN : value;
        };
    }
}

/// <summary>The order of classes that are not given as keys: that of their values, texts by code units, as <c>MapValueToKey</c> has it by value.</summary>
internal static class ClassValueOrder
{
    /// <summary>The type of a column's values, or of those behind its keys; that of keys which stand for none is that of numbers.</summary>
    internal static ClassKind KindOf(DataViewSchema.Column column) =>
        ClassCodec.KindOf(column.Annotations.Schema.GetColumnOrNull(KeyTerms.KeyValues)?.Type.ItemType() ?? column.Type.ItemType()) ?? ClassKind.UInt64;

    internal static IComparer<string> Of(ClassKind kind) => kind switch
    {
        ClassKind.String or ClassKind.Boolean => StringComparer.Ordinal,
        ClassKind.Single or ClassKind.Double => By(text => double.Parse(text, CultureInfo.InvariantCulture)),
        _ => By(text => Int128.Parse(text, CultureInfo.InvariantCulture)),
    };

    private static Comparer<string> By<T>(Func<string, T> value) where T : IComparable<T> =>
        Comparer<string>.Create((first, second) => value(first).CompareTo(value(second)));
}
