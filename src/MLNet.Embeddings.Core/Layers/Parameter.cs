namespace MLNet.Embeddings;

/// <summary>An array of a network, where it lies: of its own in a fitted network, in one block with the others while it is trained.</summary>
/// <param name="name">Its name in the network's form.</param>
/// <param name="extents">Its extents, as in the model file.</param>
/// <param name="role">What training does with it.</param>
internal sealed class Parameter(string name, int[] extents, ArrayRole role)
{
    private float[] _array = [];
    private int _start;

    internal string Name => name;

    internal int[] Extents => extents;

    internal ArrayRole Role => role;

    /// <summary>Number of values.</summary>
    internal int Length { get; } = InitialArray.LengthOf(name, extents);

    /// <summary>The values.</summary>
    internal Span<float> Values => _array.AsSpan(_start, Length);

    /// <summary>Its part of an array of the form of the block that it lies in, such as the gradients.</summary>
    internal Span<float> In(float[] block) => block.AsSpan(_start, Length);

    /// <summary>Lets it lie elsewhere.</summary>
    /// <param name="array">The array.</param>
    /// <param name="start">Where in the array it begins.</param>
    internal void Place(float[] array, int start = 0) => (_array, _start) = (array, start);
}
