namespace MLNet.Embeddings;

/// <summary>A computation that is written once and compiled for each width of vectors.</summary>
internal interface ISimdKernel
{
    /// <summary>Runs with vectors of one width.</summary>
    void Run<TSimd, TVector>() where TSimd : struct, ISimd<TVector> where TVector : struct;
}
