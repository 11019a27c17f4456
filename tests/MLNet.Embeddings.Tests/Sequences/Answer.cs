using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>What a fitted encoder-decoder says of a <see cref="SumRow"/>.</summary>
internal sealed class Answer
{
    [ColumnName("Answer")]
    public string? Text { get; set; }

    [ColumnName("Answer.Tokens")]
    public uint[] Tokens { get; set; } = [];

    [ColumnName("Answer.LogProbability")]
    public float LogProbability { get; set; }

    [ColumnName("Answer.Attention")]
    public float[] Attention { get; set; } = [];
}
