using System.Numerics;
using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>The arrays of a fitted network by name. Immutable by convention; safe to share.</summary>
internal abstract record TrainedArrays(IReadOnlyDictionary<string, WeightArray> Weights)
{
    internal ReadOnlySpan<float> this[string name] => Weights[name].Values;

    /// <summary>The doubles that an array holds, with the one of what its floats leave if there is such a one: see <see cref="FloatPairs"/>.</summary>
    internal double[] Doubles(string name, bool hasRest) =>
        FloatPairs.Join(Weights[name].Values, hasRest ? Weights[FloatPairs.RestName(name)].Values : null);

    /// <summary>Says which array is missing, of other extents than the form asks, or of values that cannot be computed with; null when all fit.</summary>
    internal abstract string? Mismatch();

    /// <summary>Says which array is missing, of other extents than these, or of values that are not finite; null when all fit.</summary>
    private protected string? Mismatch(IEnumerable<(string Name, int[] Extents)> expected)
    {
        foreach (var (name, extents) in expected)
        {
            if (!Weights.TryGetValue(name, out var array)) return $"The array '{name}' is missing.";
            if (!array.HasExtents(extents))
                return $"The array '{name}' is {string.Join(" × ", array.Extents)}; the network's form asks for {string.Join(" × ", extents)}.";
            if (!array.IsFinite()) return $"The array '{name}' holds infinite numbers or NaN.";
        }
        return null;
    }

    /// <summary>The arrays that a form names, of their values by name.</summary>
    private protected static Dictionary<string, WeightArray> Shaped(
        IEnumerable<(string Name, int[] Extents)> expected, IEnumerable<(string Name, float[] Values)> arrays)
    {
        var values = arrays.ToDictionary(array => array.Name, array => array.Values);
        return expected.ToDictionary(weight => weight.Name, weight => new WeightArray(weight.Extents, values[weight.Name]));
    }
}

/// <summary>What a fit yields and a file holds: the network's form and its arrays by name.</summary>
internal sealed record TrainedNetwork(NetworkShape Shape, IReadOnlyDictionary<string, WeightArray> Weights) : TrainedArrays(Weights)
{
    /// <summary>A network of all the arrays that its form names.</summary>
    internal static TrainedNetwork Of(NetworkShape shape, IEnumerable<(string Name, float[] Values)> arrays) => new(shape, Shaped(shape.Weights(), arrays));

    internal override string? Mismatch()
    {
        if (Mismatch(Shape.Weights()) is { } mismatch) return mismatch;
        foreach (string variance in Shape.Head.Variances.Where(name => this[name].ContainsAnyInRange(float.MinValue, -float.Epsilon)))
            return $"The array '{variance}' holds numbers below 0.";
        return Shape.Columns.Select(column => column.Mismatch(this)).FirstOrDefault(fault => fault is not null);
    }
}

/// <summary>A fitted encoder-decoder: its form and its arrays by name.</summary>
internal sealed record TrainedEncoderDecoder(EncoderDecoderShape Shape, IReadOnlyDictionary<string, WeightArray> Weights) : TrainedArrays(Weights)
{
    /// <summary>A network of all the arrays that its form names.</summary>
    internal static TrainedEncoderDecoder Of(EncoderDecoderShape shape, IEnumerable<(string Name, float[] Values)> arrays) =>
        new(shape, Shaped(shape.Weights(), arrays));

    internal override string? Mismatch() => Mismatch(Shape.Weights());
}

/// <summary>A dense array of floats, row-major, with its extents: what a model file holds under a name.</summary>
internal sealed record WeightArray(int[] Extents, float[] Values)
{
    internal static WeightArray Vector(float[] values) => new([values.Length], values);

    internal static WeightArray Matrix(int rows, int columns, float[] values) => new([rows, columns], values);

    /// <summary>Number of values of an array of these extents: a double does not overflow, and is exact for every number that an array can have.</summary>
    internal static double Count(int[] extents)
    {
        double count = 1;
        foreach (int extent in extents) count *= extent;
        return count;
    }

    /// <summary>Refuses arrays of more values than there can be in one; those that are no tables are trained in one.</summary>
    /// <param name="arrays">The arrays of a network: name and extents.</param>
    /// <param name="tables">Names of those that are tables.</param>
    /// <param name="cure">What to do, a sentence.</param>
    /// <exception cref="InvalidOperationException">There would be more.</exception>
    internal static void RequireSizes(IEnumerable<(string Name, int[] Extents)> arrays, IReadOnlyCollection<string> tables, string cure)
    {
        double dense = 0;
        foreach (var (name, extents) in arrays)
        {
            double count = Count(extents);
            if (count > Array.MaxLength)
            {
                throw new InvalidOperationException(
                    $"The array '{name}' of the network would be {string.Join(" × ", extents)}; at most {Array.MaxLength} numbers can be in one. {cure}");
            }
            if (!tables.Contains(name)) dense += count;
        }
        if (dense > Array.MaxLength)
            throw new InvalidOperationException($"The layers of the network would have {dense:F0} weights; at most {Array.MaxLength} can be trained. {cure}");
    }

    internal bool HasExtents(params ReadOnlySpan<int> extents) => extents.SequenceEqual(Extents);

    /// <summary>Whether all values are finite numbers.</summary>
    // Loading asks once for each array, so there is no second call for which a better compiled method could be ready.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool IsFinite()
    {
        // 0 times an infinite number or NaN is NaN, and stays NaN in a sum.
        var sums = Vector<float>.Zero;
        int i = 0;
        for (; i <= Values.Length - Vector<float>.Count; i += Vector<float>.Count) sums += new Vector<float>(Values, i) * Vector<float>.Zero;
        float sum = System.Numerics.Vector.Sum(sums);
        for (; i < Values.Length; i++) sum += Values[i] * 0;
        return sum == 0;
    }
}
