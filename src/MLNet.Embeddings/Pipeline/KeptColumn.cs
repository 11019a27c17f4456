using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Keeps the values of a column for the rows of a block.</summary>
internal abstract class KeptColumn
{
    /// <summary>Whether values of a type can be kept: all but those of types with rules of their own for who owns a value, such as images.</summary>
    internal static bool CanKeep(DataViewType type) => type is PrimitiveDataViewType or VectorDataViewType;

    internal static KeptColumn Of(DataViewRow input, DataViewSchema.Column column)
    {
        var kind = column.Type is VectorDataViewType ? typeof(KeptVectors<>) : typeof(KeptScalars<>);
        return (KeptColumn)Activator.CreateInstance(kind.MakeGenericType(column.Type.ItemType().RawType), input, column)!;
    }

    /// <summary>Keeps the value of the row that the input stands on.</summary>
    /// <param name="index">Place of the row in its block.</param>
    internal abstract void Read(int index);
}

/// <summary>Keeps the values of one type.</summary>
internal abstract class KeptValues<T>(DataViewRow input, DataViewSchema.Column column) : KeptColumn
{
    private readonly ValueGetter<T> _getter = input.GetGetter<T>(column);
    private T[] _values = [];

    internal sealed override void Read(int index)
    {
        if (index == _values.Length) Array.Resize(ref _values, Math.Max(1, 2 * index));
        _getter(ref _values[index]);
    }

    /// <summary>Gives out the value of the current row of a block.</summary>
    internal ValueGetter<T> Getter(RowBlock block) => (ref T value) =>
    {
        if (block.Index < 0) _getter(ref value);
        else Copy(_values[block.Index], ref value);
    };

    /// <summary>Copies a value into memory of the caller's.</summary>
    private protected abstract void Copy(in T source, ref T destination);
}

/// <summary>Keeps the values of a scalar column. Texts among them stay as they are: their memory is never written again.</summary>
internal sealed class KeptScalars<T>(DataViewRow input, DataViewSchema.Column column) : KeptValues<T>(input, column)
{
    private protected override void Copy(in T source, ref T destination) => destination = source;
}

/// <summary>Keeps the values of a vector column, sparse ones sparse.</summary>
internal sealed class KeptVectors<T>(DataViewRow input, DataViewSchema.Column column) : KeptValues<VBuffer<T>>(input, column)
{
    private protected override void Copy(in VBuffer<T> source, ref VBuffer<T> destination) => source.CopyTo(ref destination);
}
