namespace MLNet.Embeddings;

/// <summary>A function of one number, as a type, so that each is compiled into its loop.</summary>
internal interface IVectorFunction
{
    /// <summary>The function of each element.</summary>
    static abstract TVector Apply<TSimd, TVector>(TVector value) where TSimd : struct, ISimd<TVector> where TVector : struct;
}
