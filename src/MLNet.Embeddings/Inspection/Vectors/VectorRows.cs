using System.Buffers;
using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Terms with vectors of one length, of finite numbers, as they are taken up one by one.</summary>
internal sealed class VectorRows
{
    private readonly List<string> _terms = [];
    private readonly ArrayBufferWriter<float> _values = new();
    private int _dimensions;

    /// <summary>The terms.</summary>
    internal string[] Terms => [.. _terms];

    /// <summary>(terms, dimensions), not copied.</summary>
    internal ReadOnlyMemory<float> Values => _values.WrittenMemory;

    /// <summary>Length of a vector; 1 where there is none.</summary>
    internal int Dimensions => Math.Max(1, _dimensions);

    /// <summary>Those of two lists.</summary>
    /// <exception cref="ArgumentException">There are not as many vectors as terms, a term is null, or a vector is refused.</exception>
    internal static VectorRows Of(IReadOnlyList<string> terms, IReadOnlyList<float[]> vectors)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(vectors);
        if (vectors.Count != terms.Count)
            throw new ArgumentException($"There are {terms.Count} terms and {vectors.Count} vectors; give a vector for each term.", nameof(vectors));
        ThrowIfTooMany(vectors.Count, vectors.Count > 0 && vectors[0] is { Length: var length } ? length : 0, nameof(vectors));
        var rows = new VectorRows();
        for (int i = 0; i < terms.Count; i++)
        {
            if (terms[i] is null) throw new ArgumentException($"Term {i} is null; give each vector a text.", nameof(terms));
            rows.Add(terms[i], vectors[i], nameof(vectors));
        }
        return rows;
    }

    /// <summary>Takes up a term and a copy of its vector.</summary>
    /// <param name="term">The term.</param>
    /// <param name="vector">Its vector.</param>
    /// <param name="parameterName">What an error is about.</param>
    /// <exception cref="ArgumentException">The vector is empty, of another length or not finite, or one array cannot hold them all.</exception>
    internal void Add(string term, ReadOnlySpan<float> vector, string parameterName)
    {
        int place = _terms.Count;
        if (place == 0) _dimensions = vector.Length;
        if (vector.Length != _dimensions || vector.Length == 0)
        {
            throw new ArgumentException(
                $"Vector {place}, that of '{term}', has {vector.Length} numbers; all need as many as the first, {_dimensions}, and at least one.",
                parameterName);
        }
        if (!TensorPrimitives.IsFiniteAll(vector))
            throw new ArgumentException($"Vector {place}, that of '{term}', holds NaN or an infinite number; give finite ones.", parameterName);
        ThrowIfTooMany(place + 1L, _dimensions, parameterName);
        _terms.Add(term);
        _values.Write(vector);
    }

    /// <summary>Refuses more numbers than one array holds.</summary>
    private static void ThrowIfTooMany(long count, int dimensions, string parameterName)
    {
        if (count * dimensions > Array.MaxLength) throw new ArgumentException(
            $"{count} vectors of {dimensions} numbers do not fit into one array, which has room for {Array.MaxLength / dimensions}. Give fewer rows, or " +
            "shorter vectors.", parameterName);
    }
}
