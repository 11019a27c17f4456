namespace MLNet.Embeddings;

/// <summary>A table of vectors and the columns that read it.</summary>
/// <param name="Name">Its full name in the network's form.</param>
/// <param name="KeyCount">Its rows but for that of key 0.</param>
/// <param name="Dimensions">Length of a row.</param>
/// <param name="IsPadded">True if row 0 is padding: zeros that are never looked up.</param>
/// <param name="Columns">Numbers of the columns, rising.</param>
internal sealed record TableShape(string Name, int KeyCount, int Dimensions, bool IsPadded, IReadOnlyList<int> Columns);
