namespace MLNet.Embeddings;

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
