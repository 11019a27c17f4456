using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Score columns as a file gives them: of keys, the values that they stand for.</summary>
internal static class OnnxOutput
{
    /// <summary>The value of a column, and the type of its elements.</summary>
    internal static (OnnxValue Value, OnnxType Type) Of(OnnxPipeline pipeline, DataViewSchema.Column column)
    {
        var given = pipeline.Column(column.Name);
        return ValuesOf(column) is { } values
            ? AtKeys(values, given.Value.Cast(OnnxType.Int64), hasNone: given.IsKey)
            : given.IsKey ? (given.Value.Cast(OnnxType.Int64), OnnxType.Int64) : (given.Value, given.Type);
    }

    /// <summary>The type whose extents the column has: a set has a place for each of its labels.</summary>
    internal static DataViewType TypeOf(DataViewSchema.Column column) => column.Type is VectorDataViewType { IsKnownSize: false, ItemType: KeyDataViewType key }
        ? new VectorDataViewType(key, (int)key.Count)
        : column.Type;

    internal static string[] SlotsOf(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>The texts of the classes that a column's keys, or its two values, stand for; null where there are none.</summary>
    internal static string[]? ClassesOf(DataViewSchema.Column column) => ValuesOf(column) is { Texts: var texts } ? [.. texts] : null;

    private static ClassValues? ValuesOf(DataViewSchema.Column column)
    {
        if (KeyValueReading.AnnotationOf(column) is not { } name || column.Annotations.Schema.GetColumnOrNull(name)?.Type is not { } type) return null;
        return ClassCodec.KindOf(type.ItemType()) is { } kind ? new ClassValues(kind, ClassCodec.Of(kind).Read(column.Annotations, name)) : null;
    }

    /// <summary>
    /// The values of keys: whole numbers as Int64, fractions and texts as they are, others as their texts; of key 0, empty, NaN or the least number.
    /// </summary>
    private static (OnnxValue, OnnxType) AtKeys(ClassValues values, OnnxValue keys, bool hasNone)
    {
        var culture = CultureInfo.InvariantCulture;
        return values.Kind switch
        {
            ClassKind.Single => (Table(text => float.Parse(text, culture), float.NaN), OnnxType.Single),
            ClassKind.Double => (Table(text => double.Parse(text, culture), double.NaN), OnnxType.Double),
            >= ClassKind.SByte and <= ClassKind.Int64 => (Table(text => long.Parse(text, culture), long.MinValue), OnnxType.Int64),
            ClassKind.Boolean when !hasNone => (Table(bool.Parse, false), OnnxType.Boolean),
            _ => (Table(text => text, ""), OnnxType.Text),
        };

        OnnxValue Table<T>(Func<string, T> parse, T none) where T : notnull =>
            keys.Graph.Vector([.. hasNone ? [none] : Array.Empty<T>(), .. values.Texts.Select(parse)]).At(keys);
    }
}

/// <summary>Serializer of what a file says of itself, generated at compile time.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class OnnxJson : JsonSerializerContext;
