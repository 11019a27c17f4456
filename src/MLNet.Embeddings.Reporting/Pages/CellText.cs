using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads values of columns of any type as texts, independent of culture.</summary>
internal static class CellText
{
    private const int MostItems = 20;
    private static readonly MethodInfo ScalarOf = Method(nameof(Scalar)), VectorOf = Method(nameof(Vector)), NamesOf = Method(nameof(Names));

    /// <summary>Reads the values of the rows that a cursor comes to; a missing value is an empty text.</summary>
    internal static Func<string> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        var (method, item) = column.Type is VectorDataViewType vector ? (VectorOf, vector.ItemType) : (ScalarOf, column.Type);
        string[]? names = item is KeyDataViewType ? Annotation(column, "KeyValues") : null;
        return (Func<string>)method.MakeGenericMethod(item.RawType).Invoke(null, [row, column, item is KeyDataViewType, names])!;
    }

    /// <summary>The items of a vector of texts or keys of each row.</summary>
    internal static Func<HashSet<string>> SetReader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector) return () => [];
        string[]? names = vector.ItemType is KeyDataViewType ? Annotation(column, "KeyValues") : null;
        return (Func<HashSet<string>>)Method(nameof(Set)).MakeGenericMethod(vector.ItemType.RawType)
            .Invoke(null, [row, column, vector.ItemType is KeyDataViewType, names])!;
    }

    /// <summary>The values that an annotation holds; null where there is none.</summary>
    internal static string[]? Annotation(DataViewSchema.Column column, string name) =>
        column.Annotations.Schema.GetColumnOrNull(name)?.Type is VectorDataViewType vector
            ? (string[])NamesOf.MakeGenericMethod(vector.ItemType.RawType).Invoke(null, [column, name])!
            : null;

    private static Func<string> Scalar<T>(DataViewRow row, DataViewSchema.Column column, bool isKey, string[]? names)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return Text(value, isKey, names);
        };
    }

    private static Func<string> Vector<T>(DataViewRow row, DataViewSchema.Column column, bool isKey, string[]? names)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            getter(ref values);
            var texts = values.DenseValues().Take(MostItems).Select(value => Text(value, isKey, names));
            return string.Join(", ", values.Length > MostItems ? texts.Append("…") : texts);
        };
    }

    private static Func<HashSet<string>> Set<T>(DataViewRow row, DataViewSchema.Column column, bool isKey, string[]? names)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            getter(ref values);
            return [.. values.DenseValues().Select(value => Text(value, isKey, names)).Where(text => text.Length > 0)];
        };
    }

    private static string[] Names<T>(DataViewSchema.Column column, string name)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(name, ref values);
        return [.. values.DenseValues().Select(value => Text(value, isKey: false, null))];
    }

    private static string Text<T>(T value, bool isKey, string[]? names)
    {
        if (isKey)
        {
            ulong key = Convert.ToUInt64(value, CultureInfo.InvariantCulture);
            return key == 0 ? "" : names?.ElementAtOrDefault((int)key - 1) ?? key.ToString(CultureInfo.InvariantCulture);
        }
        return value switch
        {
            float.NaN or double.NaN => "",
            float or double => ((IFormattable)value).ToString("0.######", CultureInfo.InvariantCulture),
            bool truth => truth ? "true" : "false",
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => $"{value}",
        };
    }

    private static MethodInfo Method(string name) => typeof(CellText).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
}
