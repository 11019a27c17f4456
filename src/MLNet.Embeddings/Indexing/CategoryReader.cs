using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads the values of a column, scalars and vectors alike, as terms.</summary>
internal abstract class CategoryReader(DataViewSchema.Column column)
{
    internal const string Role = "category";

    private protected DataViewSchema.Column Column { get; } = column;

    /// <exception cref="ArgumentOutOfRangeException">The column is of a type whose values are no categories.</exception>
    internal static CategoryReader Of(DataViewSchema.Column column)
    {
        Require(column.Name, InputType.Of(column), KeyValuesType(column));
        var item = column.Type.ItemType();
        return item is KeyDataViewType ? OfKeys(column, item.RawType) : OfValues(column, item.RawType);
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is of a type whose values are no categories.</exception>
    internal static void Require(SchemaShape.Column column)
    {
        var keyValues = column.Annotations.Where(annotation => annotation.Name == KeyColumn.KeyValues).Select(annotation => annotation.ItemType);
        Require(column.Name, InputType.Of(column), keyValues.FirstOrDefault());
    }

    /// <summary>Makes, for a row or cursor, the getter of the keys: a scalar for a scalar when a value has one key, else a vector with those of each value in turn.</summary>
    /// <param name="row">The row or cursor.</param>
    /// <param name="keys">What gives a value its keys, one each.</param>
    internal abstract Delegate CreateGetter(DataViewRow row, IReadOnlyList<TermKeys> keys);

    /// <summary>Makes what counts the terms of a cursor's current row.</summary>
    internal abstract Action CreateCounter(DataViewRow row, VocabularyBuilder terms);

    /// <summary>The terms behind the keys of the column, whose key values are of this reader's type.</summary>
    private protected abstract string[] ReadKeyValues();

    private static void Require(string name, InputType type, DataViewType? keyValues)
    {
        var values = type.IsKey ? keyValues ?? type.Item : type.Item;
        if (values is TextDataViewType or BooleanDataViewType or NumberDataViewType or KeyDataViewType) return;
        string got = type.IsKey ? $"{type.Description} with key values of {values}" : type.Description;
        throw SchemaErrors.Mismatch(Role, name, "Text, Boolean, a number type or a key of such, or a vector", got,
            $"Convert it with mlContext.Transforms.Conversion.ConvertType(\"{name}\", outputKind: DataKind.String) before this step.");
    }

    private static PrimitiveDataViewType? KeyValuesType(DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull(KeyColumn.KeyValues)?.Type.ItemType() as PrimitiveDataViewType;

    private static CategoryReader OfKeys(DataViewSchema.Column column, Type rawType)
    {
        string[]? terms = KeyValuesType(column) is { } values && column.HasKeyValues(values) ? OfValues(column, values.RawType).ReadKeyValues() : null;
        return Type.GetTypeCode(rawType) switch
        {
            TypeCode.Byte => OfKeys<byte>(column, terms),
            TypeCode.UInt16 => OfKeys<ushort>(column, terms),
            TypeCode.UInt32 => OfKeys<uint>(column, terms),
            _ => OfKeys<ulong>(column, terms),
        };
    }

    private static TypedCategoryReader<T> OfKeys<T>(DataViewSchema.Column column, string[]? terms) where T : IBinaryInteger<T> => new(column, (key, memory) =>
    {
        if (T.IsZero(key)) return default;
        if (terms is null) return TermTexts.OfInteger(key, memory);
        int index = int.CreateSaturating(key) - 1;
        return index < terms.Length ? terms[index] : throw new InvalidOperationException(
            $"Column '{column.Name}' holds key {key}, but its type has {terms.Length} values. Correct the step that makes the column.");
    });

    private static CategoryReader OfValues(DataViewSchema.Column column, Type rawType) => Type.GetTypeCode(rawType) switch
    {
        TypeCode.Boolean => new TypedCategoryReader<bool>(column, (value, _) => TermTexts.OfBoolean(value)),
        TypeCode.SByte => new TypedCategoryReader<sbyte>(column, TermTexts.OfInteger),
        TypeCode.Byte => new TypedCategoryReader<byte>(column, TermTexts.OfInteger),
        TypeCode.Int16 => new TypedCategoryReader<short>(column, TermTexts.OfInteger),
        TypeCode.UInt16 => new TypedCategoryReader<ushort>(column, TermTexts.OfInteger),
        TypeCode.Int32 => new TypedCategoryReader<int>(column, TermTexts.OfInteger),
        TypeCode.UInt32 => new TypedCategoryReader<uint>(column, TermTexts.OfInteger),
        TypeCode.Int64 => new TypedCategoryReader<long>(column, TermTexts.OfInteger),
        TypeCode.UInt64 => new TypedCategoryReader<ulong>(column, TermTexts.OfInteger),
        TypeCode.Single => new TypedCategoryReader<float>(column, TermTexts.OfFloat),
        TypeCode.Double => new TypedCategoryReader<double>(column, TermTexts.OfFloat),
        _ => new TypedCategoryReader<ReadOnlyMemory<char>>(column, (text, _) => text.Span),
    };
}
