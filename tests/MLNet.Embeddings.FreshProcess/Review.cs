using Microsoft.ML.Data;

namespace MLNet.Embeddings.FreshProcess;

/// <summary>A review as the model's input schema names its columns.</summary>
public sealed class Review
{
    [LoadColumn(0)]
    public string Title { get; set; } = "";

    [LoadColumn(1)]
    public string Body { get; set; } = "";

    [LoadColumn(2)]
    public string Department { get; set; } = "";

    [LoadColumn(3)]
    public float Age { get; set; }

    /// <summary>Whether it recommends, as the file has it: "true" or "false".</summary>
    [LoadColumn(4)]
    public string Recommended { get; set; } = "";
}
