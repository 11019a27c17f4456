namespace MLNet.Embeddings;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Extents">Its extents: an integer, or a text that names one that is free.</param>
internal sealed record OnnxPort(string Name, OnnxType Type, IReadOnlyList<object> Extents)
{
    /// <summary>What it holds, for whoever reads the file; null for nothing to say.</summary>
    internal string? Description { get; init; }

    internal ProtobufMessage ToMessage()
    {
        var shape = new ProtobufMessage();
        foreach (object extent in Extents)
            shape.Add(1, extent is string free ? new ProtobufMessage().Add(2, free) : new ProtobufMessage().Add(1, Convert.ToInt64(extent)));
        var tensor = new ProtobufMessage().Add(1, (long)Type).Add(2, shape);
        var port = new ProtobufMessage().Add(1, Name).Add(2, new ProtobufMessage().Add(1, tensor));
        return Description is null ? port : port.Add(3, Description);
    }
}

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
