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
    internal CategoryIndexingTransformer(CategoryStep step) => Step = step;

    /// <summary>
    /// The terms by key: the one at index i has key i + 1; the first is the unknown term. Empty with <see cref="CategoryIndexingOptions.HashBuckets"/>.
    /// </summary>
    public IReadOnlyList<string> Terms => Vocabulary?.Terms ?? [];

    /// <summary>What it has learned.</summary>
    internal CategoryStep Step { get; }

    internal CategoryIndexingShape Shape => Step.Shape;

    private IReadOnlyList<TermKeys> Keys => Step.Keys;

    /// <summary>The vocabulary; null when values are hashed.</summary>
    internal Vocabulary? Vocabulary => Keys[0] as Vocabulary;

    internal override void AddTo(OnnxPipeline pipeline)
    {
        var inputs = new OnnxInputs(pipeline.Graph, [Step], name => pipeline.Column(name) with
        {
            Terms = () => CategoryReader.TermsOfKeys(pipeline.Schema[name], Shape.Rules),
        });
        // All are made before one of them may take the place of another's source.
        var made = Shape.Columns.Select(column => (column.OutputColumnName, Value: inputs.MatrixOf(column.OutputColumnName).Cast(OnnxType.UInt32))).ToArray();
        foreach (var (output, value) in made) pipeline.Set(output, value);
    }

    internal override void Write(EntryWriter entries) => Step.Write(entries);

    private protected override RowBinding Bind(DataViewSchema input)
    {
        DataViewSchema.Column[] sources = [.. Shape.Columns.Select(column => input.FindFitted(CategoryReader.Role, column.InputColumnName))];
        var readers = sources.Select(source => CategoryReader.OfFitted(source, Shape.Rules)).ToArray();
        var outputs = Shape.Columns.Zip(sources, (column, source) =>
            KeyColumn.Deliver(column.OutputColumnName, OutputType(source.Type), Keys[0], Keys.Count == 1 ? source.Annotations : null));
        return new IndexBinding(input, sources, [.. outputs], (row, index) => readers[index].CreateGetter(row, Keys));
    }

    private DataViewType OutputType(DataViewType source)
    {
        var key = Keys[0].KeyType;
        return (source as VectorDataViewType, Keys.Count) switch
        {
            (null, 1) => key,
            (null, int functions) => new VectorDataViewType(key, functions),
            ({ Dimensions: var dimensions }, 1) => new VectorDataViewType(key, dimensions),
            ({ Dimensions: var dimensions }, int functions) => new VectorDataViewType(key, dimensions.Add(functions)),
        };
    }
}
