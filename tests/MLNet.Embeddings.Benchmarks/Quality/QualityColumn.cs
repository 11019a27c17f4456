namespace MLNet.Embeddings.Benchmarks;

/// <summary>A column of a data set's files.</summary>
/// <param name="Name">Its name in the header.</param>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Role">What it holds.</param>
internal sealed record QualityColumn(string Name, int Index, ColumnRole Role);
