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

    private readonly CategoryIndexingShape _shape;
    private readonly Vocabulary _vocabulary;

    internal CategoryIndexingTransformer(CategoryIndexingShape shape, Vocabulary vocabulary) => (_shape, _vocabulary) = (shape, vocabulary);

    /// <summary>The terms by key: the one at index i has key i + 1; the first is the unknown term.</summary>
    public IReadOnlyList<string> Terms => _vocabulary.Terms;

    /// <summary>Reads a transformer from a model file.</summary>
    /// <exception cref="FormatException">The entries are damaged.</exception>
    internal static CategoryIndexingTransformer Read(EntryReader entries)
    {
        var shape = entries.ReadShape(IndexingJson.Default.CategoryIndexingShape);
        shape.RequireSound();
        return new CategoryIndexingTransformer(shape, Vocabulary.Read(entries, shape.TermCount));
    }

    private protected override void Write(EntryWriter entries)
    {
        _vocabulary.Write(entries);
        entries.WriteShape(Kind, _shape, IndexingJson.Default.CategoryIndexingShape);
    }

    private protected override RowBinding Bind(DataViewSchema input)
    {
        var source = input.Find(CategoryReader.Role, _shape.InputColumnName);
        var reader = CategoryReader.Of(source);
        var key = _vocabulary.KeyType;
        DataViewType type = source.Type is VectorDataViewType vector ? new VectorDataViewType(key, vector.Dimensions) : key;
        var output = KeyColumn.Deliver(_shape.OutputColumnName, type, _vocabulary, source.Annotations);
        return new IndexBinding(input, source, output, row => reader.CreateGetter(row, _vocabulary));
    }
}
