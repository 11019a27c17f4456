using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The column of keys that an indexing step adds, as it is delivered and as it is promised.</summary>
internal static class KeyColumn
{
    private const string SlotNames = "SlotNames", Losses = "Losses";

    extension(TermKeys keys)
    {
        /// <summary>The type of the keys.</summary>
        internal KeyDataViewType KeyType => new(typeof(uint), keys.Count);
    }

    /// <param name="name">The column's name.</param>
    /// <param name="type">Its type: a key of the vocabulary or a vector of such.</param>
    /// <param name="keys">What makes the keys. Those of a vocabulary are annotated with their terms, and with the one for unknown terms.</param>
    /// <param name="source">Annotations of the column that it is made of; names of slots are passed on.</param>
    /// <param name="losses">Says what was left out of what has been read, which is null for nothing: see <see cref="LossesOf"/>.</param>
    internal static DataViewSchema.DetachedColumn Deliver(
        string name, DataViewType type, TermKeys keys, DataViewSchema.Annotations? source, Func<string?>? losses = null)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source, kind => kind == SlotNames);
        if (keys is Vocabulary vocabulary)
        {
            // Binding to a schema copies no term: whoever asks for the values gets a copy in memory of its own, which it may write to.
            annotations.Add(KeyTerms.KeyValues, new VectorDataViewType(TextDataViewType.Instance, vocabulary.Count),
                (ref VBuffer<ReadOnlyMemory<char>> values) => CopyTerms(vocabulary, ref values));
            annotations.AddUnknownKey();
        }
        if (losses is not null)
            annotations.Add(Losses, TextDataViewType.Instance, (ref ReadOnlyMemory<char> value) => value = losses().AsMemory());
        return new DataViewSchema.DetachedColumn(name, type, annotations.ToAnnotations());
    }

    /// <param name="name">The column's name.</param>
    /// <param name="typeOf">Its type for a type of keys.</param>
    /// <param name="hashed">Whether all keys are hashed.</param>
    /// <param name="source">Promised annotations of the column that it is made of.</param>
    /// <param name="tellsLosses">Whether it will say what was left out of what has been read.</param>
    internal static SchemaShape.Column Promise(
        string name, Func<KeyDataViewType, DataViewType> typeOf, bool hashed, SchemaShape? source, bool tellsLosses = false)
    {
        TermKeys any = hashed ? new HashedKeys(1) : new Vocabulary([VocabularySettings.DefaultUnknownTerm]);
        var promise = Deliver(name, typeOf(any.KeyType), any, source: null, tellsLosses ? () => null : null).Promise();
        return ClosedSide.ShapeColumn(promise.Name, promise.Kind, promise.ItemType, promise.IsKey,
            [.. source?.Where(annotation => annotation.Name == SlotNames) ?? [], .. promise.Annotations]);
    }

    /// <summary>The texts that a column's keys stand for, in the order of the keys; null if they stand for no texts.</summary>
    internal static string[]? TextsOf(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(KeyTerms.KeyValues)?.Type is not VectorDataViewType { ItemType: TextDataViewType }) return null;
        VBuffer<ReadOnlyMemory<char>> values = default;
        column.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => value.ToString())];
    }

    /// <summary>What was left out of the values of a column that were read so far, in a sentence for a fit to tell; null for nothing.</summary>
    internal static string? LossesOf(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(Losses)?.Type is not TextDataViewType) return null;
        ReadOnlyMemory<char> text = default;
        column.Annotations.GetValue(Losses, ref text);
        return text.IsEmpty ? null : text.ToString();
    }

    /// <summary>Gives out the keys of a row.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="length">The length of every row, which padding fills up; null when each has its own.</param>
    /// <param name="value">Where they go.</param>
    internal static void Fill(ReadOnlySpan<uint> keys, int? length, ref VBuffer<uint> value)
    {
        var editor = VBufferEditor.Create(ref value, length ?? keys.Length);
        keys.CopyTo(editor.Values);
        editor.Values[keys.Length..].Clear();
        value = editor.Commit();
    }

    /// <summary>Copies the terms by key; empty where a key is set aside for hashed terms.</summary>
    private static void CopyTerms(Vocabulary vocabulary, ref VBuffer<ReadOnlyMemory<char>> values)
    {
        var terms = vocabulary.AllTerms;
        var editor = VBufferEditor.Create(ref values, vocabulary.Count, terms.Length);
        var copies = editor.Values;
        for (int i = 0; i < terms.Length; i++) copies[i] = terms[i].AsMemory();
        if (terms.Length < vocabulary.Count)
        {
            var indices = editor.Indices;
            for (int i = 0; i < terms.Length; i++) indices[i] = (int)vocabulary.KeyAt(i) - 1;
        }
        values = editor.Commit();
    }
}

/// <summary>An indexing step bound to a schema: columns of keys, each made of one column.</summary>
/// <param name="input">The schema.</param>
/// <param name="sources">The columns that the keys are made of.</param>
/// <param name="outputs">The columns of keys, in the same order.</param>
/// <param name="createGetter">Makes the getter of the keys of one of the columns, by its place, for one row or cursor.</param>
/// <param name="createBlock">Makes what indexes a cursor's rows in blocks, on so many threads; null where that does not pay.</param>
internal sealed class IndexBinding(
    DataViewSchema input, IReadOnlyList<DataViewSchema.Column> sources, IReadOnlyList<DataViewSchema.DetachedColumn> outputs,
    Func<DataViewRow, int, Delegate> createGetter, Func<DataViewRow, Func<int, bool>, int, RowBlock>? createBlock = null) : RowBinding(input)
{
    internal override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs => outputs;

    internal override IEnumerable<DataViewSchema.Column> Needs(int output) => [sources[output]];

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive) =>
        [.. sources.Select((_, output) => isActive(output) ? createGetter(input, output) : null)];

    internal override RowBlock? CreateBlock(DataViewRow input, Func<int, bool> isActive, int threads) =>
        Enumerable.Range(0, outputs.Count).Any(isActive) ? createBlock?.Invoke(input, isActive, threads) : null;
}
