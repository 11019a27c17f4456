using System.Reflection;
using Microsoft.ML;

namespace MLNet.Embeddings.Robustness;

/// <summary>Reads a column whatever its type.</summary>
internal static class AnyGetter
{
    private static readonly MethodInfo Generic = typeof(AnyGetter).GetMethod(nameof(Typed), BindingFlags.NonPublic | BindingFlags.Static)!;

    internal static Action Of(DataViewRow row, DataViewSchema.Column column) =>
        (Action)Generic.MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column])!;

    private static Action Typed<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () => getter(ref value);
    }
}
