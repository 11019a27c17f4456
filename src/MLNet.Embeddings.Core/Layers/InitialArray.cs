using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>What training does with an array of a network.</summary>
internal enum ArrayRole
{
    /// <summary>An embedding table: rows that a batch looks up are updated row by row, without decay.</summary>
    Table,

    /// <summary>Weights that decay.</summary>
    Matrix,

    /// <summary>Weights that do not decay, such as biases.</summary>
    Vector,

    /// <summary>A running mean or variance of a normalisation, which gradients do not reach.</summary>
    Statistic,
}

/// <summary>An array of a network as training begins with it.</summary>
/// <param name="Extents">Its extents, as in the model file.</param>
/// <param name="Values">Its values.</param>
/// <param name="Role">What training does with it.</param>
/// <param name="IsTrained">False if it stays as it is.</param>
internal sealed record InitialArray(int[] Extents, float[] Values, ArrayRole Role, bool IsTrained = true)
{
    /// <summary>The number of values of an array of some extents.</summary>
    /// <exception cref="InvalidOperationException">An array cannot hold so many.</exception>
    internal static int LengthOf(string name, ReadOnlySpan<int> extents)
    {
        long length = 1;
        foreach (int extent in extents) length = checked(length * extent);
        return length <= Array.MaxLength
            ? (int)length
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"The array '{name}' would have {length:N0} values; an array holds at most {Array.MaxLength:N0}."));
    }
}
