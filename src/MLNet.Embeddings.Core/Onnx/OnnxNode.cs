using System.Text;

namespace MLNet.Embeddings;

/// <summary>An operator that is applied to values.</summary>
/// <param name="Operation">Type of the operator.</param>
/// <param name="Domain">Whose operator it is: one of <see cref="OnnxDomains"/>.</param>
/// <param name="Inputs">Names of what it is applied to; empty for an optional input that is not given.</param>
/// <param name="Outputs">Names of the results; empty for one that is not wanted.</param>
internal sealed record OnnxNode(string Operation, string Domain, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    private const int SingleKind = 1, IntegerKind = 2, TextKind = 3, GraphKind = 5, SinglesKind = 6, IntegersKind = 7, TextsKind = 8;

    /// <summary>Settings of the operator: long, float, string, an array of such, or an <see cref="OnnxGraph"/>.</summary>
    internal Dictionary<string, object> Attributes { get; } = [];

    /// <summary>Names of all values that it reads, those inside of its graphs included.</summary>
    internal IEnumerable<string> Reads() =>
        Inputs.Concat(Attributes.Values.OfType<OnnxGraph>().SelectMany(graph => graph.Nodes).SelectMany(node => node.Reads()));

    internal ProtobufMessage ToMessage(int index)
    {
        var node = new ProtobufMessage();
        foreach (string input in Inputs) node.Add(1, input);
        foreach (string output in Outputs) node.Add(2, output);
        node.Add(3, $"{Operation} {index}").Add(4, Operation);
        foreach (var (name, value) in Attributes) node.Add(5, ToMessage(name, value));
        return Domain.Length == 0 ? node : node.Add(7, Domain);
    }

    private static ProtobufMessage ToMessage(string name, object value)
    {
        var attribute = new ProtobufMessage().Add(1, name);
        switch (value)
        {
            case long number: return attribute.Add(3, number).Add(20, IntegerKind);
            case float number: return attribute.Add(2, number).Add(20, SingleKind);
            case string text: return attribute.Add(4, text).Add(20, TextKind);
            case OnnxGraph graph: return attribute.Add(6, graph.ToMessage()).Add(20, GraphKind);
            case long[] numbers: return attribute.AddPacked(8, numbers).Add(20, IntegersKind);
            case float[] numbers:
                foreach (float number in numbers) attribute.Add(7, number);
                return attribute.Add(20, SinglesKind);
            default:
                foreach (string text in (string[])value) attribute.Add(9, Encoding.UTF8.GetBytes(text));
                return attribute.Add(20, TextsKind);
        }
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
