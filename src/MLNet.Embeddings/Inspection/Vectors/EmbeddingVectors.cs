using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Terms with their vectors: those that a model has learned for the values or words of a column, or any others.</summary>
/// <remarks>
/// <c>model.Vectors("City")</c> gives those of a model. They do not change, take no copy of the model's table where it has one network, and may be used by any
/// number of threads at once. Of a model of several networks a term's vector is that of each network one after the other, so that inner products add up.
/// </remarks>
/// <example><code>
/// EmbeddingVectors cities = model.Vectors("City");
/// foreach (var (term, similarity, _) in cities.Nearest("Oslo", 5)) Console.WriteLine($"{term} {similarity:F2}");
/// </code></example>
public sealed class EmbeddingVectors
{
    private readonly string[] _terms;
    private readonly ReadOnlyMemory<float> _values;
    private readonly Lazy<Dictionary<string, int>> _indices;
    private readonly NeighborSearch _search;

    /// <summary>Vectors of one's own, such as those of rows.</summary>
    /// <param name="terms">What they are of. One may be there more often, as titles of rows may; by its text the first is found.</param>
    /// <param name="vectors">A vector for each, all of one length, of finite numbers. They are copied.</param>
    /// <exception cref="ArgumentException">There are not as many vectors as terms, they are of different lengths, a number is not finite, or there are more
    /// numbers than one array holds, 2.1 billion.</exception>
    public EmbeddingVectors(IReadOnlyList<string> terms, IReadOnlyList<float[]> vectors)
        : this(VectorRows.Of(terms, vectors)) { }

    private EmbeddingVectors(VectorRows rows) : this(rows.Terms, rows.Values, rows.Dimensions) { }

    /// <param name="terms">The terms, not copied.</param>
    /// <param name="values">(terms, dimensions), finite, not copied.</param>
    /// <param name="dimensions">Length of a vector.</param>
    internal EmbeddingVectors(string[] terms, ReadOnlyMemory<float> values, int dimensions)
    {
        (_terms, _values, Dimensions, Terms) = (terms, values, dimensions, Array.AsReadOnly(terms));
        _indices = new(Index);
        _search = new NeighborSearch(values, dimensions);
    }

    /// <summary>Takes the vectors of the rows of a view.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="termColumn">What names a row: a column of text, numbers or dates.</param>
    /// <param name="vectorColumn">Its vector: a column of Vector&lt;Single&gt;, such as <c>model.Features("Row")</c> makes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of another type.</exception>
    /// <exception cref="ArgumentException">The vectors are of different lengths, a number is not finite, or there are more numbers than one array holds, 2.1
    /// billion.</exception>
    public static EmbeddingVectors Of(IDataView view, string termColumn, string vectorColumn)
    {
        ArgumentNullException.ThrowIfNull(view);
        var vector = view.Schema.Find("vector", vectorColumn);
        if (vector.Type is not VectorDataViewType { ItemType: NumberDataViewType item } || item != NumberDataViewType.Single)
            throw SchemaErrors.Mismatch("vector", vectorColumn, "Vector<Single>", $"{vector.Type}", "Name a column of vectors, as Features makes it.");
        var type = view.Schema.Find("term", termColumn).Type;
        if (type is not PrimitiveDataViewType or KeyDataViewType)
        {
            throw SchemaErrors.Mismatch("term", termColumn, "one text, number or date a row", $"{type}",
                $"Name another column; values of keys are given by mlContext.Transforms.Conversion.MapKeyToValue(\"{termColumn}\").");
        }
        if (type is not TextDataViewType)
            view = new MLContext().Transforms.Conversion.ConvertType(termColumn, outputKind: DataKind.String).Fit(view).Transform(view);
        return new EmbeddingVectors(RowsOf(view, view.Schema[termColumn], view.Schema[vectorColumn]));
    }

    /// <summary>The terms, in the order of the vectors; those of a model by falling count. Missing and unknown values are not among them.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Number of terms.</summary>
    public int Count => _terms.Length;

    /// <summary>Length of a vector.</summary>
    public int Dimensions { get; }

    /// <summary>The vector of missing values; null where there is none, as of texts, whose missing words are zeros.</summary>
    public ReadOnlyMemory<float>? Missing { get; internal init; }

    /// <summary>The vector of values that training has not met, or met too seldom; null where the keys have none for these.</summary>
    public ReadOnlyMemory<float>? Unknown { get; internal init; }

    /// <summary>The terms that a text as a user writes it may stand for.</summary>
    internal TermForms Forms { get; init; } = TermForm.Written;

    /// <summary>The vector of a term.</summary>
    /// <param name="term">The term as it is in <see cref="Terms"/>, or as it is in data: brought to the form that the model's step gives it.</param>
    /// <exception cref="KeyNotFoundException">It is none of the terms.</exception>
    public ReadOnlyMemory<float> this[string term] => this[IndexOf(term)];

    /// <summary>The vector of the term at a place in <see cref="Terms"/>.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public ReadOnlyMemory<float> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _values.Slice(index * Dimensions, Dimensions);
        }
    }

    /// <summary>Whether a term has a vector; see <see cref="Unknown"/> for those that have none.</summary>
    /// <param name="term">As for the indexer.</param>
    /// <param name="vector">The vector; empty if there is none.</param>
    public bool TryGetVector(string term, out ReadOnlyMemory<float> vector)
    {
        bool isFound = TryGetIndex(term, out int index);
        vector = isFound ? this[index] : default;
        return isFound;
    }

    /// <summary>The terms whose vectors point most nearly in the direction of that of a term, by the cosine, without the term itself.</summary>
    /// <param name="term">As for the indexer.</param>
    /// <param name="count">How many, at least 1; fewer are given where there are no more.</param>
    /// <exception cref="KeyNotFoundException">It is none of the terms.</exception>
    public IReadOnlyList<Neighbor> Nearest(string term, int count) => IndexOf(term) is var index ? Nearest(this[index], count, index) : [];

    /// <summary>The terms whose vectors point most nearly in the direction of a vector, by the cosine.</summary>
    /// <param name="vector">The vector, of <see cref="Dimensions"/> finite numbers.</param>
    /// <param name="count">How many, at least 1; fewer are given where there are no more.</param>
    /// <exception cref="ArgumentException">The vector is of another length, or a number is not finite.</exception>
    public IReadOnlyList<Neighbor> Nearest(ReadOnlySpan<float> vector, int count)
    {
        if (vector.Length != Dimensions)
            throw new ArgumentException($"The vector has {vector.Length} numbers; those that it is compared with have {Dimensions}.", nameof(vector));
        float[] copy = vector.ToArray();
        if (!Array.TrueForAll(copy, float.IsFinite)) throw new ArgumentException("The vector holds NaN or an infinite number.", nameof(vector));
        return Nearest(copy, count, except: -1);
    }

    /// <summary>The cosine of the angle between the vectors of two terms: from -1 to 1, 0 where one is zeros.</summary>
    /// <param name="first">As for the indexer.</param>
    /// <param name="second">As for the indexer.</param>
    /// <exception cref="KeyNotFoundException">One is none of the terms.</exception>
    public double Similarity(string first, string second) => _search.Similarity(IndexOf(first), IndexOf(second));

    /// <summary>A map of the terms: the first two principal components of their vectors. The same vectors give the same map, its signs included.</summary>
    /// <returns>A place for each term, in their order, the mean of all at the origin.</returns>
    public IReadOnlyList<MapPoint> Map() =>
        [.. PrincipalPlane.Of(_values.Span, Dimensions).Zip(_terms, (place, term) => new MapPoint(term, place.X, place.Y))];

    /// <summary>The vectors as a data frame: a column Term, and V1, V2, … of their numbers.</summary>
    public DataFrame ToDataFrame() => new(
    [
        new StringDataFrameColumn("Term", _terms),
        .. Enumerable.Range(0, Dimensions).Select(i =>
            new SingleDataFrameColumn($"V{i + 1}", Enumerable.Range(0, Count).Select(term => _values.Span[term * Dimensions + i]))),
    ]);

    /// <summary>Writes the vectors as text in the format of word2vec, which <see cref="PretrainedVectors.FromTextFile"/>, gensim and others read.</summary>
    /// <param name="path">The file; one that is there is replaced as a whole, or stays as it is.</param>
    /// <remarks>A first line of the counts of terms and dimensions; then on each line a term and its numbers, with spaces between, in UTF-8.</remarks>
    /// <exception cref="InvalidOperationException">
    /// A term could not be read back: it is empty, has a line break, begins or ends with a blank, or ends with numbers.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveAsText(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        VectorText.Write(path, _terms, _values, Dimensions);
    }

    private Neighbor[] Nearest(ReadOnlyMemory<float> vector, int count, int except)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Array.ConvertAll(_search.Nearest(vector, count, except),
            found => new Neighbor(_terms[found.Index], Math.Clamp(found.Similarity, -1, 1), found.Index));
    }

    private int IndexOf(string term) => TryGetIndex(term, out int index) ? index : throw new KeyNotFoundException(
        $"'{term}' has no vector: {Reading(Forms(term)[^1], term)} is none of the {Count} terms. Look up what is in Terms; of a text of several words each " +
        "is a term of its own. Unknown is the vector of values that training has not met.");

    private static string Reading(string form, string term) => form == term ? "it" : $"it is read as '{form}', which";

    private bool TryGetIndex(string term, out int index)
    {
        ArgumentNullException.ThrowIfNull(term);
        foreach (string form in Forms(term))
        {
            if (_indices.Value.TryGetValue(form, out index)) return true;
        }
        index = -1;
        return false;
    }

    private Dictionary<string, int> Index()
    {
        var indices = new Dictionary<string, int>(_terms.Length, StringComparer.Ordinal);
        for (int i = 0; i < _terms.Length; i++) indices.TryAdd(_terms[i], i);
        return indices;
    }

    private static VectorRows RowsOf(IDataView view, DataViewSchema.Column termColumn, DataViewSchema.Column vectorColumn)
    {
        using var cursor = view.GetRowCursor([termColumn, vectorColumn]);
        var getTerm = cursor.GetGetter<ReadOnlyMemory<char>>(termColumn);
        var getVector = cursor.GetGetter<VBuffer<float>>(vectorColumn);
        ReadOnlyMemory<char> term = default;
        VBuffer<float> vector = default;
        var rows = new VectorRows();
        while (cursor.MoveNext())
        {
            getTerm(ref term);
            getVector(ref vector);
            rows.Add($"{term}", vector.IsDense ? vector.GetValues() : [.. vector.DenseValues()], nameof(view));
        }
        return rows;
    }
}

/// <summary>A term whose vector is near another one.</summary>
/// <param name="Term">The term.</param>
/// <param name="Similarity">The cosine of the angle between the vectors: 1 for one direction, 0 for a right angle and for zeros, -1 for the opposite.</param>
/// <param name="Index">Its place among the terms, from 0.</param>
public readonly record struct Neighbor(string Term, double Similarity, int Index);

/// <summary>A term on a map of two dimensions.</summary>
/// <param name="Term">The term.</param>
/// <param name="X">Its place along the direction in which the vectors vary most.</param>
/// <param name="Y">Its place along the direction, at a right angle to the first, in which they then vary most.</param>
public readonly record struct MapPoint(string Term, double X, double Y);
