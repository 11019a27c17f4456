using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A codec of values of one type.</summary>
/// <param name="type">The type in ML.NET's words.</param>
/// <param name="format">A value as text.</param>
/// <param name="parse">The value of such a text; throws <see cref="FormatException"/> or <see cref="OverflowException"/> for others.</param>
internal sealed class TypedClassCodec<T>(DataViewType type, Func<T, string> format, Func<string, T> parse) : ClassCodec
{
    internal override DataViewType Type => type;

    private protected override string Default => format(default!);

    internal override string[] Read(DataViewSchema.Annotations annotations, string name)
    {
        var values = default(VBuffer<T>);
        annotations.GetValue(name, ref values);
        return [.. values.DenseValues().Select(format)];
    }

    internal override void Add(DataViewSchema.Annotations.Builder annotations, string name, IReadOnlyList<string> texts)
    {
        T[] values = [.. texts.Select(parse)];
        annotations.Add(name, new VectorDataViewType((PrimitiveDataViewType)type, values.Length), (ref VBuffer<T> buffer) => new VBuffer<T>(values.Length, values).CopyTo(ref buffer));
    }
}
