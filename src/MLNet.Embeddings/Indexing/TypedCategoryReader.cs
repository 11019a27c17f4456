using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Reads the values of a column of one type as terms.</summary>
/// <param name="column">The column.</param>
/// <param name="text">The term of a value.</param>
internal sealed class TypedCategoryReader<T>(DataViewSchema.Column column, TermText<T> text) : CategoryReader(column)
{
    internal override Delegate CreateGetter(DataViewRow row, IReadOnlyList<TermKeys> keys)
    {
        char[] memory = new char[TermTexts.Longest];
        if (Column.Type is VectorDataViewType) return MapVector(row.GetGetter<VBuffer<T>>(Column), keys.Count, WriteKeys);
        var first = keys[0];
        return keys.Count == 1
            ? MapScalar(row.GetGetter<T>(Column), value => first.KeyOf(text(value, memory)))
            : MapToSeveral(row.GetGetter<T>(Column), keys.Count, WriteKeys);

        void WriteKeys(T value, Span<uint> written)
        {
            var term = text(value, memory);
            for (int i = 0; i < written.Length; i++) written[i] = keys[i].KeyOf(term);
        }
    }

    internal override Action CreateCounter(DataViewRow row, VocabularyBuilder terms)
    {
        char[] memory = new char[TermTexts.Longest];
        void Add(T value, int times) => terms.Add(text(value, memory), times);
        return Column.Type is VectorDataViewType
            ? CountVector(row.GetGetter<VBuffer<T>>(Column), Add)
            : CountScalar(row.GetGetter<T>(Column), Add);
    }

    private protected override string[] ReadKeyValues()
    {
        var values = default(VBuffer<T>);
        Column.GetKeyValues(ref values);
        char[] memory = new char[TermTexts.Longest];
        return [.. values.DenseValues().Select(value => text(value, memory).ToString())];
    }

    private static ValueGetter<uint> MapScalar(ValueGetter<T> getValue, Func<T, uint> keyOf)
    {
        T value = default!;
        return (ref uint key) =>
        {
            getValue(ref value);
            key = keyOf(value);
        };
    }

    private static ValueGetter<VBuffer<uint>> MapToSeveral(ValueGetter<T> getValue, int keysOfValue, Action<T, Span<uint>> writeKeys)
    {
        T value = default!;
        return (ref VBuffer<uint> keys) =>
        {
            getValue(ref value);
            var editor = VBufferEditor.Create(ref keys, keysOfValue);
            writeKeys(value, editor.Values);
            keys = editor.Commit();
        };
    }

    private static ValueGetter<VBuffer<uint>> MapVector(ValueGetter<VBuffer<T>> getValues, int keysOfValue, Action<T, Span<uint>> writeKeys)
    {
        uint[] keysOfDefault = new uint[keysOfValue];
        writeKeys(default!, keysOfDefault);
        var values = default(VBuffer<T>);
        return (ref VBuffer<uint> keys) =>
        {
            getValues(ref values);
            var editor = VBufferEditor.Create(ref keys, values.Length * keysOfValue);
            // What a sparse vector leaves out are values as well: zeros, false, empty texts or missing keys.
            if (!values.IsDense)
            {
                for (int i = 0; i < values.Length; i++) keysOfDefault.CopyTo(editor.Values[(i * keysOfValue)..]);
            }
            var given = values.GetValues();
            var indices = values.GetIndices();
            for (int i = 0; i < given.Length; i++)
                writeKeys(given[i], editor.Values.Slice((values.IsDense ? i : indices[i]) * keysOfValue, keysOfValue));
            keys = editor.Commit();
        };
    }

    private static Action CountScalar(ValueGetter<T> getValue, Action<T, int> add)
    {
        T value = default!;
        return () =>
        {
            getValue(ref value);
            add(value, 1);
        };
    }

    private static Action CountVector(ValueGetter<VBuffer<T>> getValues, Action<T, int> add)
    {
        var values = default(VBuffer<T>);
        return () =>
        {
            getValues(ref values);
            var given = values.GetValues();
            foreach (T value in given) add(value, 1);
            add(default!, values.Length - given.Length);
        };
    }
}
