using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>
/// Turns text into the keys of its terms: tokens and, if asked for, n-grams. Made by <see cref="TokenIndexingEstimator"/>, which documents the columns.
/// </summary>
/// <remarks>
/// A cursor that is asked for the keys reads texts ahead, at most as many as it has given out and never more than 256, and cuts and looks them up on all cores;
/// the cursors of a set share the cores.
/// </remarks>
public sealed class TokenIndexingTransformer : RowMappingTransformer
{
    internal const string Role = "text";

    internal TokenIndexingTransformer(TokenStep step) => Step = step;

    /// <param name="shape">How text is cut.</param>
    /// <param name="keys">Keys of the tokens: a vocabulary, or hashed ones.</param>
    internal TokenIndexingTransformer(TokenIndexingShape shape, TermKeys keys) : this(new TokenStep(shape, keys))
    {
    }

    /// <summary>The unknown term, which has key 1, then the others in the order of their keys.</summary>
    /// <remarks>
    /// The one at index i has key i + 1; with <see cref="TokenIndexingOptions.NgramHashBuckets"/> those from index 1 come as many keys later. Empty with
    /// <see cref="TokenIndexingOptions.HashBuckets"/>.
    /// </remarks>
    public IReadOnlyList<string> Terms => Vocabulary?.Terms ?? [];

    /// <summary>What it has learned.</summary>
    internal TokenStep Step { get; }

    internal TokenIndexingShape Shape => Step.Shape;

    /// <summary>Whether a view's columns of keys say what was cut off of its texts; not where a fit has told it, or it is no matter.</summary>
    internal bool TellsCuts { get; init; } = true;

    /// <summary>Number of keys, without the missing one.</summary>
    internal int KeyCount => Step.Keys.Count;

    /// <summary>The vocabulary; null when all terms are hashed.</summary>
    internal Vocabulary? Vocabulary => Step.Keys as Vocabulary;

    /// <summary>Finds the text column in a schema.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or not text.</exception>
    private static DataViewSchema.Column Source(DataViewSchema schema, string name)
    {
        var source = schema.FindFitted(Role, name);
        var type = InputType.Of(source);
        return type.IsText ? source : throw SchemaErrors.Unlike(Role, name, "Text", type.Description);
    }

    internal static VectorDataViewType OutputType(KeyDataViewType key, bool fixedLength, int maxKeys) => fixedLength ? new(key, maxKeys) : new(key);

    internal override void AddTo(OnnxPipeline pipeline)
    {
        var graph = pipeline.Graph;
        var inputs = new OnnxInputs(graph, [Step], pipeline.Column);
        // All are made before one of them may take the place of another's source.
        var made = Shape.Columns.Select(column => (column.OutputColumnName, Value: Keys(column.OutputColumnName).Cast(OnnxType.UInt32))).ToArray();
        foreach (var (output, value) in made) pipeline.Set(output, value);

        OnnxValue Keys(string output)
        {
            var keys = inputs.KeysOf(output).Padded.Matrix;
            if (Shape.Length is not { } length) return keys;
            var padding = graph.Vector(0L).Reshape(1, 1).Expand(keys.Extent(0).Concat(0, graph.Vector((long)length)));
            return keys.Concat(1, padding).Slice(0, length, axis: 1);
        }
    }

    internal override void Write(EntryWriter entries) => Step.Write(entries);

    private protected override RowBinding Bind(DataViewSchema input) => Bind(input, counts: false);

    private protected override RowBinding BindView(DataViewSchema input) => TellsCuts ? Bind(input, counts: true) : BindTo(input);

    private IndexBinding Bind(DataViewSchema input, bool counts)
    {
        DataViewSchema.Column[] sources = [.. Shape.Columns.Select(column => Source(input, column.InputColumnName))];
        var type = OutputType(Step.Keys.KeyType, Shape.FixedLength, Shape.MaxKeys);
        CutTexts?[] cuts = [.. sources.Select(_ => counts ? new CutTexts() : null)];
        var outputs = Shape.Columns.Select((column, i) => KeyColumn.Deliver(column.OutputColumnName, type, Step.Keys, sources[i].Annotations,
            TellsCuts ? () => cuts[i] is { } counted ? TokenLosses.OfCutTexts(column, Shape, counted) : null : null));
        return new IndexBinding(input, sources, [.. outputs], (row, index) => CreateGetter(row, sources[index], cuts[index]),
            (row, isActive, threads) => CreateBlock(row, sources, cuts, isActive, threads));
    }

    private TokenBlock CreateBlock(DataViewRow row, DataViewSchema.Column[] sources, CutTexts?[] cuts, Func<int, bool> isActive, int threads)
    {
        var columns = new (ValueGetter<ReadOnlyMemory<char>>, ValueGetter<VBuffer<uint>>, CutTexts?)?[sources.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            if (isActive(i)) columns[i] = (row.GetGetter<ReadOnlyMemory<char>>(sources[i]), CreateGetter(row, sources[i], cuts[i]), cuts[i]);
        }
        return new TokenBlock(columns, Step.Open, Shape.Length, threads);
    }

    /// <summary>Where the terms of a text's keys stand, in the order of the keys.</summary>
    internal List<TermPlace> PlacesOf(ReadOnlyMemory<char> text)
    {
        List<TermPlace> places = [];
        Step.Open().Add(text, places: places);
        return places;
    }

    /// <summary>Getter of the keys of a row's text.</summary>
    /// <param name="row">The row or cursor.</param>
    /// <param name="source">The column of text.</param>
    /// <param name="cuts">Counts the texts; null where nobody asks.</param>
    internal ValueGetter<VBuffer<uint>> CreateGetter(DataViewRow row, DataViewSchema.Column source, CutTexts? cuts = null)
    {
        var getText = row.GetGetter<ReadOnlyMemory<char>>(source);
        var (textKeys, length) = (Step.Open(), Shape.Length);
        var text = default(ReadOnlyMemory<char>);
        return (ref VBuffer<uint> keys) =>
        {
            getText(ref text);
            textKeys.Clear();
            var found = textKeys.At(textKeys.Add(text));
            if (cuts is not null && !found.IsEmpty) cuts.Add(1, textKeys.IsCut() ? 1 : 0);
            KeyColumn.Fill(found, length, ref keys);
        };
    }
}
