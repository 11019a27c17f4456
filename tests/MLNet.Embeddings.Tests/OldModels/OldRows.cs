using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A row of the model "columns".</summary>
internal sealed class OldTextRow
{
    public string? Title { get; set; }
    public string? Body { get; set; }
    public string? City { get; set; }
    public string[] Tags { get; set; } = [];
    public float Age { get; set; }
    public float Hour { get; set; }
    public float Price { get; set; }
    public bool Label { get; set; }
}

/// <summary>A row of the model "ensemble".</summary>
internal sealed class OldTableRow
{
    public string Shop { get; set; } = "";
    public string Colour { get; set; } = "";
    public float Size { get; set; }
    public float Weight { get; set; }
    public string Kind { get; set; } = "";
    public float Price { get; set; }
}

/// <summary>What it says of a row: probabilities of the kinds, and a price.</summary>
internal sealed class OldTableScore
{
    [ColumnName("KindKey.Score")] public float[] Kind { get; set; } = [];
    [ColumnName("Price.Score")] public float Price { get; set; }
}

/// <summary>A row of the model "sequences".</summary>
internal sealed class OldSequenceRow
{
    public string Written { get; set; } = "";
    public string Figures { get; set; } = "";
}

/// <summary>What it writes for a row.</summary>
internal sealed class OldSequenceScore
{
    [ColumnName("Found")] public string Text { get; set; } = "";
    [ColumnName("Found.LogProbability")] public float LogProbability { get; set; }
    [ColumnName("Found.Tokens"), KeyType(9)] public uint[] Tokens { get; set; } = [];
    [ColumnName("Found.Alternatives")] public string[] Alternatives { get; set; } = [];
    [ColumnName("Found.Attention")] public float[] Attention { get; set; } = [];
}
