using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Turns values into the keys of their terms. Made by <see cref="CategoryIndexingEstimator"/>, which documents the columns.</summary>
/// <remarks>
/// The column may be of another type than in training, as when numbers were read from a text file there and from a data frame here: values are terms by their
/// text, whatever type they come in.
/// </remarks>
public sealed class CategoryIndexingTransformer : RowMappingTransformer
{
    /// <summary>The name of this kind of transformer in model files.</summary>
    internal const string Kind = "CategoryIndexing";

    private readonly TermKeys[] _keys;

    internal CategoryIndexingTransformer(CategoryIndexingShape shape, Vocabulary vocabulary) => (Shape, _keys) = (shape, [vocabulary]);

    /// <param name="shape">A shape that says into how many keys terms are hashed.</param>
    internal CategoryIndexingTransformer(CategoryIndexingShape shape)
    {
        Shape = shape;
        _keys = [.. Enumerable.Range(0, shape.HashFunctions).Select(function => new HashedKeys(shape.HashBuckets!.Value, function))];
    }

    /// <summary>
    /// The terms by key: the one at index i has key i + 1; the first is the unknown term. Empty with <see cref="CategoryIndexingOptions.HashBuckets"/>.
    /// </summary>
    public IReadOnlyList<string> Terms => Vocabulary?.Terms ?? [];

    internal CategoryIndexingShape Shape { get; }

    /// <summary>The vocabulary; null when values are hashed.</summary>
    internal Vocabulary? Vocabulary => _keys[0] as Vocabulary;

    /// <summary>Reads a transformer from a model file.</summary>
    /// <exception cref="FormatException">The entries are damaged.</exception>
    internal static CategoryIndexingTransformer Read(EntryReader entries)
    {
        var shape = entries.ReadShape(IndexingJson.Default.CategoryIndexingShape);
        shape.RequireSound();
        return shape.HashBuckets is null
            ? new CategoryIndexingTransformer(shape, VocabularyEntry.Read(entries, shape.TermCount))
            : new CategoryIndexingTransformer(shape);
    }

    internal override void Write(EntryWriter entries)
    {
        Vocabulary?.Write(entries);
        entries.WriteShape(Kind, Shape, IndexingJson.Default.CategoryIndexingShape);
    }

    private protected override RowBinding Bind(DataViewSchema input)
    {
        DataViewSchema.Column[] sources = [.. Shape.Columns.Select(column => input.FindFitted(CategoryReader.Role, column.InputColumnName))];
        var readers = sources.Select(source => CategoryReader.OfFitted(source, Shape.Rules)).ToArray();
        var outputs = Shape.Columns.Zip(sources, (column, source) =>
            KeyColumn.Deliver(column.OutputColumnName, OutputType(source.Type), _keys[0], _keys.Length == 1 ? source.Annotations : null));
        return new IndexBinding(input, sources, [.. outputs], (row, index) => readers[index].CreateGetter(row, _keys));
    }

    private DataViewType OutputType(DataViewType source)
    {
        var key = _keys[0].KeyType;
        return (source as VectorDataViewType, _keys.Length) switch
        {
            (null, 1) => key,
            (null, int functions) => new VectorDataViewType(key, functions),
            ({ Dimensions: var dimensions }, 1) => new VectorDataViewType(key, dimensions),
            ({ Dimensions: var dimensions }, int functions) => new VectorDataViewType(key, dimensions.Add(functions)),
        };
    }
}
