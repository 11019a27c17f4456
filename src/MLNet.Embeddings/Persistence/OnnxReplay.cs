using Microsoft.ML;
using Microsoft.ML.Model.OnnxConverter;

namespace MLNet.Embeddings;

#pragma warning disable RS0030 // this is the door to ML.NET's exporter

/// <summary>Writes a graph of ours into one of ML.NET's exporter.</summary>
/// <param name="context">Where ML.NET's exporter writes to.</param>
internal sealed class OnnxReplay(OnnxContext context)
{
    private readonly Dictionary<string, string> _names = new() { [""] = "" };

    /// <summary>Writes a graph, whose inputs and outputs are columns.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="schema">Types of its outputs.</param>
    internal void Write(OnnxGraph graph, DataViewSchema schema)
    {
        foreach (var input in graph.Inputs) _names[input.Name] = context.GetVariableName(input.Name);
        foreach (var (name, tensor) in graph.Tensors) _names[name] = Add(tensor);
        var columns = graph.Outputs.Select(output => output.Name).ToHashSet();
        foreach (var node in graph.Nodes)
        {
            string[] outputs = [.. node.Outputs.Select(name => name.Length == 0 ? "" : _names[name] = columns.Contains(name)
                ? context.AddIntermediateVariable(schema[name].Type, name)
                : context.AddIntermediateVariable(null, InnerName(name), skip: true))];
            var written = context.CreateNode(
                node.Operation, node.Inputs.Select(name => _names[name]), outputs, context.GetNodeName(InnerName(node.Operation)), node.Domain);
            foreach (var (name, value) in node.Attributes) Set(written, name, value);
        }
    }

    private string Add(OnnxTensor tensor)
    {
        string name = InnerName("constant");
        long[]? extents = tensor.Extents.Length == 0 ? null : tensor.Extents;
        return tensor.Values switch
        {
            float[] values => extents is null ? context.AddInitializer(values[0], name) : context.AddInitializer(values, extents, name),
            double[] values => extents is null ? context.AddInitializer(values[0], name) : context.AddInitializer(values, extents, name),
            long[] values => extents is null ? context.AddInitializer(values[0], name) : context.AddInitializer(values, extents, name),
            bool[] values => extents is null ? context.AddInitializer(values[0], name) : context.AddInitializer(values, extents, name),
            string[] values => extents is null ? context.AddInitializer(values[0], name) : context.AddInitializer(values, extents, name),
            var values => throw new NotSupportedException($"Arrays of {values.GetType()} cannot be written by ML.NET's exporter."),
        };
    }

    private static void Set(Microsoft.ML.Model.OnnxConverter.OnnxNode node, string name, object value)
    {
        switch (value)
        {
            case long number: node.AddAttribute(name, number); break;
            case float number: node.AddAttribute(name, number); break;
            case string text: node.AddAttribute(name, text); break;
            case long[] numbers: node.AddAttribute(name, numbers); break;
            case float[] numbers: node.AddAttribute(name, numbers); break;
            default: node.AddAttribute(name, (string[])value); break;
        }
    }

    /// <summary>A name that no column has: ML.NET's exporter takes any name for that of a column.</summary>
    private static string InnerName(string name) => $"MLNet.Embeddings/{name}";
}
