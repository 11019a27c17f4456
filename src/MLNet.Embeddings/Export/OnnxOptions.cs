namespace MLNet.Embeddings;

/// <summary>Settings of <c>mlContext.Model.SaveOnnx</c>.</summary>
public sealed record OnnxOptions
{
    /// <summary>What the file reads; by default <see cref="OnnxInputKind.Raw"/>.</summary>
    public OnnxInputKind Inputs { get; init; }
}

/// <summary>What an ONNX file of a model reads.</summary>
public enum OnnxInputKind
{
    /// <summary>The raw columns: texts, categories, numbers, dates. Files that cut texts need ONNX Runtime, on any system, browsers included.</summary>
    Raw,

    /// <summary>
    /// The keys and numbers that the model's networks read, for runtimes without operators of texts, and for models whose keys cannot be made within a file.
    /// Keys are Int64: 0 is missing, 1 is unknown; a sequence is filled up with 0.
    /// </summary>
    Keys,
}
