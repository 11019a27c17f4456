using Microsoft.ML;

namespace MLNet.Embeddings;

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
