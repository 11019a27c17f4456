using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Networks bound to the columns of one schema, for the vectors that their output layers read.</summary>
internal sealed class FeaturesBinding : RowBinding
{
    private readonly Scorer _scorer;
    private readonly DataViewSchema.Column[] _inputs;

    /// <param name="input">The schema.</param>
    /// <param name="scorer">The networks, which give these vectors.</param>
    /// <param name="output">The column of vectors.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column that the networks read is missing, or of another type than in training.</exception>
    internal FeaturesBinding(DataViewSchema input, Scorer scorer, DataViewSchema.DetachedColumn output) : base(input)
    {
        (_scorer, _inputs, Outputs) = (scorer, scorer.Find(input), [output]);
    }

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    internal override IEnumerable<DataViewSchema.Column> Needs(int output) => _inputs;

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive) =>
        [isActive(0) ? Getter(new RowScores(_scorer, input, _inputs)) : null];

    internal override RowBlock? CreateBlock(DataViewRow input, Func<int, bool> isActive, int threads) =>
        isActive(0) ? new BlockScores(_scorer, input, _inputs, vectors => [Getter(vectors)], labels: [], threads) : null;

    private static ValueGetter<VBuffer<float>> Getter(IScores vectors) => (ref VBuffer<float> value) => FeaturesColumn.Fill(vectors.Current, ref value);
}

/// <summary>The column of vectors that networks make of rows.</summary>
internal static class FeaturesColumn
{
    private const string Kind = "NetworkFeatures";

    /// <param name="name">Its name.</param>
    /// <param name="size">Length of a vector.</param>
    internal static DataViewSchema.DetachedColumn Detach(string name, int size)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        Mark(annotations);
        return new DataViewSchema.DetachedColumn(name, new VectorDataViewType(NumberDataViewType.Single, size), annotations.ToAnnotations());
    }

    /// <summary>Annotates a column as one of these.</summary>
    internal static void Mark(DataViewSchema.Annotations.Builder annotations) =>
        annotations.Add(Kind, BooleanDataViewType.Instance, (ref bool value) => value = true);

    /// <summary>Whether a column is annotated as one of these.</summary>
    internal static bool IsOne(DataViewSchema.Column column) => column.Annotations.Schema.GetColumnOrNull(Kind) is not null;

    internal static void Fill(ReadOnlySpan<float> vector, ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, vector.Length);
        vector.CopyTo(editor.Values);
        value = editor.Commit();
    }
}
