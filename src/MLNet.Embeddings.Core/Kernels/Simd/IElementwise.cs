namespace MLNet.Embeddings;

/// <summary>A computation on equally long arrays that treats each position by itself.</summary>
internal interface IElementwise
{
    /// <summary>Computes the positions of one vector, beginning at an index.</summary>
    void At<TSimd, TVector>(nint index) where TSimd : struct, ISimd<TVector> where TVector : struct;
}
