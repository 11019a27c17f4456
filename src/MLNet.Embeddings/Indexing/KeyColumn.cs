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
    /// <param name="vocabulary">The terms behind the keys.</param>
    /// <param name="source">Annotations of the column that it is made of; names of slots are passed on.</param>
    internal static DataViewSchema.DetachedColumn Deliver(string name, DataViewType type, Vocabulary vocabulary, DataViewSchema.Annotations? source)
    {
        var terms = new VBuffer<ReadOnlyMemory<char>>(vocabulary.Terms.Count, [.. vocabulary.Terms.Select(term => term.AsMemory())]);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source, kind => kind == SlotNames);
        annotations.Add(KeyValues, new VectorDataViewType(TextDataViewType.Instance, terms.Length),
            (ref VBuffer<ReadOnlyMemory<char>> values) => terms.CopyTo(ref values));
        annotations.AddUnknownKey();
        return new DataViewSchema.DetachedColumn(name, type, annotations.ToAnnotations());
    }

    /// <param name="name">The column's name.</param>
    /// <param name="typeOf">Its type for a type of keys.</param>
    /// <param name="source">Promise of the column that it is made of.</param>
    internal static SchemaShape.Column Promise(string name, Func<KeyDataViewType, DataViewType> typeOf, SchemaShape.Column source)
    {
        var any = new Vocabulary([VocabularySettings.DefaultUnknownTerm]);
        var promise = Deliver(name, typeOf(any.KeyType), any, source: null).Promise();
        return ClosedSide.ShapeColumn(promise.Name, promise.Kind, promise.ItemType, promise.IsKey,
            [.. source.Annotations.Where(annotation => annotation.Name == SlotNames), .. promise.Annotations]);
    }
}
