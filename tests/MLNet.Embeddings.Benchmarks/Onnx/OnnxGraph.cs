using System.Runtime.InteropServices;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Writes a graph of operators as an ONNX model. Numbers of fields: onnx.proto; operators: those of version 17.</summary>
internal sealed class OnnxGraph(string name)
{
    private const int FormatVersion = 8, OperatorVersion = 17, WholeNumber = 2;

    private readonly ProtobufMessage _graph = new ProtobufMessage().Add(2, name);
    private int _results;

    /// <summary>Declares an input.</summary>
    /// <param name="input">Its name.</param>
    /// <param name="type">Type of its elements.</param>
    /// <param name="extents">What its extents are called: they are known with the values.</param>
    /// <returns>The name.</returns>
    internal string Input(string input, OnnxType type, params ReadOnlySpan<string> extents)
    {
        _graph.Add(11, Declaration(input, type, extents));
        return input;
    }

    /// <summary>Adds an array that belongs to the model.</summary>
    /// <returns>The array's name.</returns>
    internal string Array(string array, int[] extents, ReadOnlySpan<float> values) =>
        Array(array, OnnxType.Single, extents, MemoryMarshal.AsBytes(values));

    /// <summary>Adds one of our networks' arrays.</summary>
    /// <returns>The array's name.</returns>
    internal string Array(TrainedNetwork network, string array) => Array(array, network.Weights[array].Extents, network[array]);

    /// <summary>Adds whole numbers that belong to the model.</summary>
    /// <returns>The array's name.</returns>
    internal string Array(string array, params long[] values) =>
        Array(array, OnnxType.Int64, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>Applies an operator of one result.</summary>
    /// <param name="operation">Type of the operator.</param>
    /// <param name="inputs">Names of what it is applied to; empty for an optional input that is not given.</param>
    /// <param name="attributes">Settings of the operator.</param>
    /// <returns>The result's name.</returns>
    internal string Apply(string operation, string[] inputs, params ReadOnlySpan<(string Name, long Value)> attributes) =>
        Apply(operation, inputs, resultsBefore: 0, attributes);

    /// <summary>The same for an operator of which an optional result that comes after others is wanted alone.</summary>
    internal string Apply(string operation, string[] inputs, int resultsBefore, params ReadOnlySpan<(string Name, long Value)> attributes)
    {
        string result = $"{operation}{_results++}";
        var node = new ProtobufMessage().Add(3, result).Add(4, operation);
        foreach (string input in inputs) node.Add(1, input);
        for (int i = 0; i < resultsBefore; i++) node.Add(2, "");
        node.Add(2, result);
        foreach (var (attribute, value) in attributes) node.Add(5, new ProtobufMessage().Add(1, attribute).Add(3, value).Add(20, WholeNumber));
        _graph.Add(1, node);
        return result;
    }

    /// <summary>The model, which gives one result, of floats.</summary>
    internal byte[] ToModel(string result, params ReadOnlySpan<string> extents)
    {
        _graph.Add(12, Declaration(result, OnnxType.Single, extents));
        var operators = new ProtobufMessage().Add(1, "").Add(2, OperatorVersion); // of the domain that is named by nothing
        return new ProtobufMessage().Add(1, FormatVersion).Add(7, _graph).Add(8, operators).ToArray();
    }

    private string Array(string array, OnnxType type, int[] extents, ReadOnlySpan<byte> values)
    {
        var tensor = new ProtobufMessage();
        foreach (int extent in extents) tensor.Add(1, extent);
        _graph.Add(5, tensor.Add(2, (long)type).Add(8, array).Add(9, values));
        return array;
    }

    private static ProtobufMessage Declaration(string name, OnnxType type, ReadOnlySpan<string> extents)
    {
        var shape = new ProtobufMessage();
        foreach (string extent in extents) shape.Add(1, new ProtobufMessage().Add(2, extent));
        var tensor = new ProtobufMessage().Add(1, (long)type).Add(2, shape);
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, tensor));
    }
}
