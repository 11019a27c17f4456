namespace MLNet.Embeddings;

/// <summary>Whose operators there are.</summary>
internal static class OnnxDomains
{
    /// <summary>Those of ONNX itself.</summary>
    internal const string Standard = "";

    /// <summary>Those of ONNX for classical machine learning.</summary>
    internal const string Learning = "ai.onnx.ml";

    /// <summary>Those that ONNX Runtime has beside.</summary>
    internal const string Runtime = "com.microsoft";
}
