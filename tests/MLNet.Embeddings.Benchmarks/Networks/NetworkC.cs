using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Network C: an encoder-decoder of a GRU on each side, with or without attention.</summary>
internal static class NetworkC
{
    internal const int SourceWords = 9_999, TargetWords = 11_999, SourceLength = 100, TargetLength = 120, Dimensions = 128, Units = 128;

    /// <summary>An estimator that trains one epoch and does the same work as the peer: no regularization, no validation.</summary>
    internal static SequenceToSequenceEstimator Estimator(MLContext context, int batchSize, bool attention) =>
        context.Transforms.Text.SequenceToSequence("Decoded", nameof(SentencePair.Source), nameof(SentencePair.Target), new()
        {
            SourceTokens = new() { Vocabulary = SentencePair.Words(SourceWords), MaxLength = SourceLength, Split = TokenSplit.Whitespace, Standardize = false },
            TargetTokens = new() { Vocabulary = SentencePair.Words(TargetWords), MaxLength = TargetLength, Split = TokenSplit.Whitespace, Standardize = false },
            SourceDimensions = Dimensions,
            TargetDimensions = Dimensions,
            Units = Units,
            Bidirectional = false,
            Attention = attention,
            TieTargetEmbedding = false,
            MaxEpochs = 1,
            BatchSize = batchSize,
            ValidationFraction = 0,
            Regularization = new() { Dropout = 0, UnknownDropout = 0, WeightDecay = 0, MaxGradientNorm = double.PositiveInfinity },
            Seed = 1,
        });
}
