namespace MLNet.Embeddings;

/// <summary>Computes a vector of the row that a cursor stands on. Belongs to that cursor, with whatever scratch memory it keeps.</summary>
internal delegate void VectorGetter(Span<float> vector);
