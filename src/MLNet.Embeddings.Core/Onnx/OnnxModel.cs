namespace MLNet.Embeddings;

/// <summary>A graph with what a file says of it: the message of an ONNX file.</summary>
/// <param name="Graph">The graph.</param>
internal sealed record OnnxModel(OnnxGraph Graph)
{
    /// <summary>The version of the format in which operators of version 12, and of 20, were published.</summary>
    private const int FormatVersion = 7, LaterFormatVersion = 9, LearningVersion = 2, RuntimeVersion = 1;

    /// <summary>What is left of the 2 GB of a message for arrays.</summary>
    private const long LargestFile = 2_000_000_000;

    /// <summary>Who wrote it.</summary>
    internal required string Producer { get; init; }

    /// <summary>In which version.</summary>
    internal required string ProducerVersion { get; init; }

    /// <summary>What it computes, for people.</summary>
    internal string Description { get; init; } = "";

    /// <summary>What else is to be known of it.</summary>
    internal IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <exception cref="NotSupportedException">It is larger than a file can be.</exception>
    internal byte[] ToArray()
    {
        if (Graph.Tensors.Sum(tensor => tensor.Tensor.Bytes) is var bytes and > LargestFile)
        {
            throw new NotSupportedException(
                $"The arrays of the model are {bytes / 1e9:0.0} GB; an ONNX file holds {LargestFile / 1e9:0.0} GB. Fit the model with fewer terms " +
                "(MaxTerms), fewer Dimensions or fewer Members.");
        }
        var model = new ProtobufMessage()
            .Add(1, Graph.OperatorVersion > 12 ? LaterFormatVersion : FormatVersion)
            .Add(2, Producer).Add(3, ProducerVersion).Add(6, Description)
            .Add(7, Graph.ToMessage());
        foreach (string domain in Domains(Graph).Distinct().Order(StringComparer.Ordinal))
        {
            int version = domain switch
            {
                OnnxDomains.Standard => Graph.OperatorVersion,
                OnnxDomains.Learning => LearningVersion,
                _ => RuntimeVersion,
            };
            model.Add(8, new ProtobufMessage().Add(1, domain).Add(2, version));
        }
        foreach (var (key, value) in Metadata) model.Add(14, new ProtobufMessage().Add(1, key).Add(2, value));
        return model.Bytes.ToArray();
    }

    private static IEnumerable<string> Domains(OnnxGraph graph) =>
        graph.Nodes.SelectMany(node => node.Attributes.Values.OfType<OnnxGraph>().SelectMany(Domains).Prepend(node.Domain));
}
