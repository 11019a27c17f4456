using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A table that takes its rows out of a file of vectors: see <see cref="PretrainedVectors"/>.</summary>
/// <param name="name">Name of the column, or of the table that columns share.</param>
/// <param name="settings">Where the vectors come from.</param>
/// <param name="keys">The terms of its keys, and which rows are special.</param>
/// <param name="givenDimensions">Length of a row that the columns ask for; null for any.</param>
internal sealed class VectorTable(string name, PretrainedVectors settings, VectorKeys keys, int? givenDimensions)
{
    private readonly VectorMatch[] _matches = new VectorMatch[keys.Count + 1];
    private readonly (TermRows Exact, TermRows LowerCase) _rows = keys.Rows(settings.LowerCaseFallback);
    private float[] _values = [];
    private string _path = "";

    internal string Name => name;

    internal PretrainedVectors Settings => settings;

    /// <summary>Length of a row, once it is known from the file.</summary>
    internal int Dimensions { get; private set; }

    /// <summary>What the table of each network begins with.</summary>
    internal InitialArray Start => new([keys.Count + 1, Dimensions], _values, ArrayRole.Table, settings.Trainable);

    /// <summary>Makes room for the vectors of a file.</summary>
    /// <exception cref="InvalidOperationException">The columns ask for another length, or the table would be too large.</exception>
    internal void Begin(VectorFile file)
    {
        (Dimensions, _path) = (file.Dimensions, file.FullPath);
        if (givenDimensions is { } given && given != Dimensions)
        {
            throw new InvalidOperationException(
                $"The dimensions of '{name}' are {given}, and the vectors in '{_path}' have {Dimensions}; they must be the same. " +
                "Leave Dimensions out to take those of the file.");
        }
        long count = (keys.Count + 1L) * Dimensions;
        _values = new float[count <= Array.MaxLength ? (int)count : throw new InvalidOperationException(
            $"The table of '{name}' would have {keys.Count} keys of {Dimensions} dimensions, those of the vectors in '{_path}'; " +
            $"{Array.MaxLength / Dimensions - 1} keys are the most for so many dimensions. Index the column with fewer terms (MaxTerms).")];
    }

    /// <summary>Takes the vector of the line last read for all rows that it is for and that have none as good.</summary>
    internal void Offer(VectorFile file)
    {
        for (int row = _rows.Exact.FirstOf(file.Term); row > 0; row = _rows.Exact.After(row)) Take(row, VectorMatch.Exact, file);
        for (int row = _rows.LowerCase.FirstOf(file.Term); row > 0; row = _rows.LowerCase.After(row)) Take(row, VectorMatch.LowerCase, file);
    }

    /// <summary>Fills the rows that were not found.</summary>
    /// <exception cref="InvalidOperationException">None was found.</exception>
    internal void Complete(SplitMix random)
    {
        int[] found = [.. Enumerable.Range(0, _matches.Length).Where(row => _matches[row] != VectorMatch.None)];
        if (!found.Any(row => keys.Terms[row] is not null)) throw NoneFound();
        float[] mean = new float[Dimensions];
        double sum = 0, squares = 0;
        foreach (int row in found)
        {
            TensorPrimitives.Add(mean, Row(row), mean);
            sum += TensorPrimitives.Sum<float>(Row(row));
            squares += TensorPrimitives.SumOfSquares<float>(Row(row));
        }
        TensorPrimitives.Divide(mean, found.Length, mean);
        double count = (double)found.Length * Dimensions, variance = Math.Max(0, squares / count - sum / count * (sum / count));
        for (int row = 0; row < _matches.Length; row++)
        {
            if (_matches[row] != VectorMatch.None || keys.IsPadding(row)) continue;
            if (keys.IsUnknown(row)) mean.CopyTo(Row(row));
            else Initializers.Uniform(Math.Sqrt(3 * variance))(Row(row), random);
        }
    }

    /// <summary>What was found.</summary>
    /// <param name="counts">How often each key occurs.</param>
    internal VectorCoverage Coverage(long[] counts)
    {
        int[] terms = [.. Enumerable.Range(1, keys.Count).Where(row => keys.Terms[row] is not null)];
        int[] found = [.. terms.Where(row => _matches[row] != VectorMatch.None)];
        return new VectorCoverage
        {
            Table = name,
            Terms = terms.Length,
            FoundTerms = found.Length,
            Occurrences = counts.Sum(),
            FoundOccurrences = found.Sum(row => counts[row]),
        };
    }

    private Span<float> Row(int row) => _values.AsSpan(row * Dimensions, Dimensions);

    private void Take(int row, VectorMatch match, VectorFile file)
    {
        if (_matches[row] >= match) return;
        file.CopyTo(Row(row));
        _matches[row] = match;
    }

    private InvalidOperationException NoneFound() => new(
        $"None of the {keys.Terms.Count(term => term is not null)} terms of '{name}', " +
            $"such as '{keys.Terms.FirstOrDefault(term => term is not null)}', is in the file of vectors '{_path}'. " +
        "Check that it is of the language, the case and the kind of terms that the column has.");
}

/// <summary>How a row came by its vector; what is further behind is better.</summary>
internal enum VectorMatch : byte
{
    /// <summary>It was not found.</summary>
    None,

    /// <summary>By the lower-case form of its term.</summary>
    LowerCase,

    /// <summary>By its term.</summary>
    Exact,
}
