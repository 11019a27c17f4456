using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Keeps the values of a scalar column. Texts among them stay as they are: their memory is never written again.</summary>
internal sealed class KeptScalars<T>(DataViewRow input, DataViewSchema.Column column) : KeptValues<T>(input, column)
{
    private protected override void Copy(in T source, ref T destination) => destination = source;
}
