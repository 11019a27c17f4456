using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Keeps the values of a vector column, sparse ones sparse.</summary>
internal sealed class KeptVectors<T>(DataViewRow input, DataViewSchema.Column column) : KeptValues<VBuffer<T>>(input, column)
{
    private protected override void Copy(in VBuffer<T> source, ref VBuffer<T> destination) => source.CopyTo(ref destination);
}
