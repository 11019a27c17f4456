using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Embeddings;

[assembly: LoadableClass(typeof(ITransformer), typeof(TransformerLoader), null, typeof(SignatureLoadModel),
    "MLNet.Embeddings transformer", ClosedSide.LoaderSignature)]

namespace MLNet.Embeddings;

/// <summary>The one class that ML.NET finds in model files: hands the entries of a transformer to the transformer's own reader.</summary>
internal static class TransformerLoader
{
    /// <summary>ML.NET calls it by its name and signature.</summary>
    internal static ITransformer Create(IHostEnvironment environment, ModelLoadContext context) => Read(ClosedSide.Open(environment, context));

    /// <exception cref="FormatException">The entries are damaged, or of a kind that this version does not know.</exception>
    internal static ITransformer Read(EntryReader entries) => entries.Kind switch
    {
        TokenStep.Kind or CategoryStep.Kind => FittedStep.Read(entries)!.Transformer(entries.Warn),
        SequenceToSequenceTransformer.Kind => SequenceToSequenceTransformer.Read(entries),
        MultiEmbeddingTransformer.Kind => MultiEmbeddingTransformer.Read(entries),
        FeaturesTransformer.Kind => FeaturesTransformer.Read(entries),
        _ => throw new FormatException(
            $"The model holds a transformer of kind '{entries.Kind}', which this version of MLNet.Embeddings " +
            $"({typeof(TransformerLoader).Assembly.GetName().Version}) " +
            "does not know.\nUpdate the package MLNet.Embeddings to the version that saved the model, or a later one."),
    };
}
