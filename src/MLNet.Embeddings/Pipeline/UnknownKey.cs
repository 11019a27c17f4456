using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The annotation by which an index column says that its first key stands for unknown values.</summary>
/// <remarks>A column of <c>MapValueToKey</c> has none: its first key is a value like any other, and must not be trained as the unknown one.</remarks>
internal static class UnknownKey
{
    private const string Kind = "UnknownKey";

    /// <summary>Adds the annotation to those of an index column.</summary>
    internal static void AddUnknownKey(this DataViewSchema.Annotations.Builder annotations) =>
        annotations.Add(Kind, BooleanDataViewType.Instance, (ref bool value) => value = true);

    internal static bool HasUnknownKey(this DataViewSchema.Column column) => column.Annotations.Schema.GetColumnOrNull(Kind) is not null;
}
