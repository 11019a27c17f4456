using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The column of keys that an indexing step adds, as it is delivered and as it is promised.</summary>
internal static class KeyColumn
{
    internal const string KeyValues = "KeyValues";

    private const string SlotNames = "SlotNames";

    /// <param name="name">The column's name.</param>
    /// <param name="type">Its type: a key of the vocabulary or a vector of such.</param>
    /// <param name="keys">What makes the keys. Those of a vocabulary are annotated with their terms, and with the one for unknown terms.</param>
    /// <param name="source">Annotations of the column that it is made of; names of slots are passed on.</param>
    internal static DataViewSchema.DetachedColumn Deliver(string name, DataViewType type, TermKeys keys, DataViewSchema.Annotations? source)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source, kind => kind == SlotNames);
        if (keys is Vocabulary vocabulary)
        {
            var terms = Terms(vocabulary);
            annotations.Add(KeyValues, new VectorDataViewType(TextDataViewType.Instance, terms.Length),
                (ref VBuffer<ReadOnlyMemory<char>> values) => terms.CopyTo(ref values));
            annotations.AddUnknownKey();
        }
        return new DataViewSchema.DetachedColumn(name, type, annotations.ToAnnotations());
    }

    /// <param name="name">The column's name.</param>
    /// <param name="typeOf">Its type for a type of keys.</param>
    /// <param name="hashed">Whether all keys are hashed.</param>
    /// <param name="source">Promised annotations of the column that it is made of.</param>
    internal static SchemaShape.Column Promise(string name, Func<KeyDataViewType, DataViewType> typeOf, bool hashed, SchemaShape? source)
    {
        TermKeys any = hashed ? new HashedKeys(1) : new Vocabulary([VocabularySettings.DefaultUnknownTerm]);
        var promise = Deliver(name, typeOf(any.KeyType), any, source: null).Promise();
        return ClosedSide.ShapeColumn(promise.Name, promise.Kind, promise.ItemType, promise.IsKey,
            [.. source?.Where(annotation => annotation.Name == SlotNames) ?? [], .. promise.Annotations]);
    }

    /// <summary>The texts that a column's keys stand for, in the order of the keys; null if they stand for no texts.</summary>
    internal static string[]? TextsOf(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(KeyValues)?.Type is not VectorDataViewType { ItemType: TextDataViewType }) return null;
        VBuffer<ReadOnlyMemory<char>> values = default;
        column.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => value.ToString())];
    }

    /// <summary>The terms by key; empty where a key is set aside for hashed terms.</summary>
    private static VBuffer<ReadOnlyMemory<char>> Terms(Vocabulary vocabulary)
    {
        ReadOnlyMemory<char>[] terms = [.. vocabulary.Terms.Select(term => term.AsMemory())];
        return vocabulary.Count == terms.Length
            ? new(terms.Length, terms)
            : new(vocabulary.Count, terms.Length, terms, [.. Enumerable.Range(0, terms.Length).Select(index => (int)vocabulary.KeyAt(index) - 1)]);
    }
}
