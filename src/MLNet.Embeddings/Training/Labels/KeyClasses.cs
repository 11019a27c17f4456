using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The classes that the keys of a label stand for.</summary>
/// <param name="Label">Name of the label column.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Values">The values of the keys; null if they have none.</param>
internal sealed record KeyClasses(string Label, int Count, ClassValues? Values)
{
    /// <exception cref="ArgumentOutOfRangeException">There are more keys than can be classes.</exception>
    internal static KeyClasses Of(DataViewSchema.Column column)
    {
        int count = KeyReading.KeyCount(column);
        if (count > ClassesLabelShape.MostClasses)
        {
            throw SchemaErrors.Mismatch("label", column.Name, $"at most {ClassesLabelShape.MostClasses} classes", $"{count}",
                $"Make keys of its values with mlContext.Transforms.Conversion.MapValueToKey(\"{column.Name}\"), or predict a number with a regression " +
                "trainer.");
        }
        var values = column.Annotations.Schema.GetColumnOrNull(KeyTerms.KeyValues)?.Type is VectorDataViewType vector && vector.Size == count
            && ClassCodec.KindOf(vector.ItemType) is { } kind
            ? new ClassValues(kind, ClassCodec.Of(kind).Read(column.Annotations, KeyTerms.KeyValues))
            : null;
        return new KeyClasses(column.Name, count, values);
    }

    /// <summary>Some class of the kind that a column promises; null if its keys have no values.</summary>
    internal static ClassValues? Promise(SchemaShape.Column column)
    {
        var kind = column.IsKey
            ? column.Annotations.Where(annotation => annotation.Name == KeyTerms.KeyValues).Select(annotation => ClassCodec.KindOf(annotation.ItemType))
                .FirstOrDefault()
            : ClassCodec.KindOf(column.ItemType);
        return kind is { } known ? ClassCodec.Of(known).Any(known) : null;
    }

    /// <summary>The names of the classes: their values, or their keys, from 1.</summary>
    internal IReadOnlyList<string> Names =>
        Values?.Texts ?? [.. Enumerable.Range(1, Count).Select(key => key.ToString(CultureInfo.InvariantCulture))];

    /// <exception cref="InvalidOperationException">The label of validation rows has other classes.</exception>
    internal void RequireSame(DataViewSchema.Column validation)
    {
        var (found, trained) = ($"{validation.Type} instead of keys", $"{Count}");
        if (validation.Type.ItemType() is KeyDataViewType)
        {
            var other = Of(validation);
            (found, trained) = ($"{other.Count}", $"{Count}");
            if (Count == other.Count)
            {
                int differing = Enumerable.Range(0, Count).TakeWhile(index => ValueOf(index) == other.ValueOf(index)).Count();
                if (differing == Count) return;
                (found, trained) = (other.Describe(differing), Describe(differing));
            }
        }
        throw new InvalidOperationException(
            $"The label column '{Label}' has other classes in the validation data ({found}) than in the training data ({trained}); they must agree. " +
            "Make the labels of both by the same fitted steps: fit those on the training data, then transform both with them.");
    }

    private string? ValueOf(int index) => Values?.Texts[index];

    private string Describe(int index) => ValueOf(index) is { } value ? $"key {index + 1} is '{value}'" : "keys without values";
}
