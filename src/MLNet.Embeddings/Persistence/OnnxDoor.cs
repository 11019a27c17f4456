using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;

namespace MLNet.Embeddings;

#pragma warning disable RS0030 // this is the door to ML.NET's exporter

/// <summary>Lets ML.NET's steps write themselves into a graph of ours, as they write themselves into one of its own.</summary>
/// <param name="graph">The graph.</param>
/// <param name="columns">The values of columns: what steps make is added.</param>
internal sealed class OnnxDoor(OnnxGraph graph, IOnnxColumns columns) : OnnxContext
{
    private readonly Dictionary<string, List<long>> _extents = [];
    private bool _differs;

    /// <summary>Lets a view's step write itself; whether it can, for any rows.</summary>
    internal static bool Write(IDataView view, OnnxGraph graph, IOnnxColumns columns)
    {
        var context = new OnnxDoor(graph, columns);
        if (view is not ITransformCanSaveOnnx step || !step.CanSaveOnnx(context)) return false;
        step.SaveAsOnnx(context);
        return !context._differs;
    }

    /// <summary>The view that a step of ML.NET was applied to; null where it does not tell.</summary>
    internal static IDataView? SourceOf(IDataView view) => (view as IDataTransform)?.Source;

    public override string GetNodeName(string prefix) => prefix;

    public override bool IsVariableDefined(string variableName) => graph.HasName(variableName);

    public override bool ContainsColumn(string colName) => columns.Has(colName);

    public override void CheckOpSetVersion(int thisTransformerMinumumOpSetVersion, string registerTransformerName)
    {
        if (thisTransformerMinumumOpSetVersion > graph.OperatorVersion)
        {
            throw new NotSupportedException(
                $"The step {registerTransformerName} needs operators of version {thisTransformerMinumumOpSetVersion} of ONNX; the file has those of version " +
                $"{graph.OperatorVersion}. Leave the step out, or do its work before the file is called.");
        }
    }

    public override void RemoveColumn(string colName, bool removeVariable = false) => columns.Remove(colName);

    public override void RemoveVariable(string variableName, bool removeColumn) => columns.RemoveValue(variableName);

    public override void RemoveInputVariable(string variableName) => columns.RemoveValue(variableName);

    public override string GetVariableName(string colName)
    {
        string name = columns.NameOf(colName, out long[] extents);
        _extents.TryAdd(name, [-1, .. extents]);
        return name;
    }

    public override string AddIntermediateVariable(DataViewType type, string colName, bool skip = false)
    {
        string name = graph.NewName(colName);
        columns.Set(colName, name);
        if (!skip) _extents[name] = [-1, type is VectorDataViewType { Size: > 0 and var size } ? size : 1];
        return name;
    }

    public override Microsoft.ML.Model.OnnxConverter.OnnxNode CreateNode(
        string opType, IEnumerable<string> inputs, IEnumerable<string> outputs, string name, string domain)
    {
        var node = new OnnxNode(opType, domain ?? OnnxDomains.Learning, [.. inputs], [.. outputs]);
        graph.Add(node);
        // ML.NET joins the values of all rows before the first two, and hashes empty texts, which it itself does not.
        _differs |= opType is "Tokenizer" or "StringNormalizer" or "MurmurHash3";
        // The text of what a table lacks is empty in ML.NET, and "_Unused" in ONNX.
        if (opType == "LabelEncoder") node.Attributes["default_string"] = "";
        return new Settings(node);
    }

    public override OnnxVersion GetOnnxVersion() => OnnxVersion.Stable;

    public override List<long>? RetrieveShapeOrNull(string variableName) => _extents.GetValueOrDefault(variableName);

    public override string AddInitializer(bool value, string? name, bool makeUniqueName) => Add([value], null, name);

    public override string AddInitializer(float value, string? name, bool makeUniqueName) => Add([value], null, name);

    public override string AddInitializer(int value, Type type, string? name, bool makeUniqueName) => AddInitializer([value], type, null, name, makeUniqueName);

    public override string AddInitializer(string value, string? name, bool makeUniqueName) => Add([value], null, name);

    public override string AddInitializer(long value, string? name, bool makeUniqueName) => Add([value], null, name);

    public override string AddInitializer(double value, string? name, bool makeUniqueName) => Add([value], null, name);

    public override string AddInitializer(ulong value, bool isUint64, string? name, bool makeUniqueName) =>
        AddInitializer([value], isUint64, null, name, makeUniqueName);

    public override string AddInitializer(IEnumerable<bool> values, IEnumerable<long>? dims, string? name, bool makeUniqueName) =>
        Add([.. values], dims, name);

    public override string AddInitializer(IEnumerable<float> values, IEnumerable<long>? dims, string? name, bool makeUniqueName) =>
        Add([.. values], dims, name);

    public override string AddInitializer(IEnumerable<int> values, Type type, IEnumerable<long>? dims, string? name, bool makeUniqueName) =>
        Type.GetTypeCode(type) switch
        {
            TypeCode.SByte => Add([.. values.Select(value => (sbyte)value)], dims, name),
            TypeCode.Byte => Add([.. values.Select(value => (byte)value)], dims, name),
            TypeCode.Int16 => Add([.. values.Select(value => (short)value)], dims, name),
            TypeCode.UInt16 => Add([.. values.Select(value => (ushort)value)], dims, name),
            TypeCode.Boolean => Add([.. values.Select(value => value != 0)], dims, name),
            _ => Add([.. values], dims, name),
        };

    public override string AddInitializer(IEnumerable<string> values, IEnumerable<long>? dims, string? name, bool makeUniqueName) =>
        Add([.. values], dims, name);

    public override string AddInitializer(IEnumerable<long> values, IEnumerable<long>? dims, string? name, bool makeUniqueName) =>
        Add([.. values], dims, name);

    public override string AddInitializer(IEnumerable<double> values, IEnumerable<long>? dims, string? name, bool makeUniqueName) =>
        Add([.. values], dims, name);

    public override string AddInitializer(IEnumerable<ulong> values, bool isUint64, IEnumerable<long>? dims, string? name, bool makeUniqueName) =>
        isUint64 ? Add([.. values], dims, name) : Add([.. values.Select(value => (uint)value)], dims, name);

    /// <summary>Adds an array, of no extents where none are given for a single value.</summary>
    private string Add<T>(T[] values, IEnumerable<long>? extents, string? name) where T : notnull
    {
        var tensor = extents is null && values.Length == 1 ? OnnxTensor.Scalar(values[0]) : OnnxTensor.Of(values, [.. extents ?? []]);
        return graph.Constant(tensor, name ?? "constant").Name;
    }

    /// <summary>Takes the settings of an operator that a step of ML.NET applies.</summary>
    private sealed class Settings(OnnxNode node) : Microsoft.ML.Model.OnnxConverter.OnnxNode
    {
        public override void AddAttribute(string argName, double value) => node.Attributes[argName] = (float)value;

        public override void AddAttribute(string argName, long value) => node.Attributes[argName] = value;

        public override void AddAttribute(string argName, ReadOnlyMemory<char> value) => node.Attributes[argName] = value.ToString();

        public override void AddAttribute(string argName, string value) => node.Attributes[argName] = value;

        public override void AddAttribute(string argName, bool value) => node.Attributes[argName] = value ? 1L : 0L;

        public override void AddAttribute(string argName, IEnumerable<double> value) =>
            node.Attributes[argName] = value.Select(number => (float)number).ToArray();

        public override void AddAttribute(string argName, IEnumerable<float> value) => node.Attributes[argName] = value.ToArray();

        public override void AddAttribute(string argName, IEnumerable<long> value) => node.Attributes[argName] = value.ToArray();

        public override void AddAttribute(string argName, IEnumerable<ReadOnlyMemory<char>> value) =>
            node.Attributes[argName] = value.Select(text => text.ToString()).ToArray();

        public override void AddAttribute(string argName, string[] value) => node.Attributes[argName] = value;

        public override void AddAttribute(string argName, IEnumerable<string> value) => node.Attributes[argName] = value.ToArray();

        public override void AddAttribute(string argName, IEnumerable<bool> value) =>
            node.Attributes[argName] = value.Select(flag => flag ? 1L : 0L).ToArray();

        public override void AddAttribute(string argName, Type t) => node.Attributes[argName] = (long)OnnxTypes.Of(argName, t);
    }
}

/// <summary>The columns of a pipeline within a graph, as steps of ML.NET ask for them.</summary>
internal interface IOnnxColumns
{
    /// <summary>Whether there is a column of this name.</summary>
    bool Has(string column);

    /// <summary>The name of the value of a column in the graph.</summary>
    string NameOf(string column, out long[] extents);

    /// <summary>Says which value is that of a column from now on.</summary>
    void Set(string column, string value);

    /// <summary>Forgets a column.</summary>
    void Remove(string column);

    /// <summary>Forgets the column that a value is that of.</summary>
    void RemoveValue(string value);
}

/// <summary>Types of elements of ONNX for those of ML.NET.</summary>
internal static class OnnxTypes
{
    /// <summary>The type for values that are held as one of .NET's.</summary>
    /// <param name="column">What holds them.</param>
    /// <param name="type">The type of .NET.</param>
    /// <exception cref="NotSupportedException">There is none.</exception>
    internal static OnnxType Of(string column, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => OnnxType.Boolean,
        TypeCode.SByte => OnnxType.SByte,
        TypeCode.Byte => OnnxType.Byte,
        TypeCode.Int16 => OnnxType.Int16,
        TypeCode.UInt16 => OnnxType.UInt16,
        TypeCode.Int32 => OnnxType.Int32,
        TypeCode.UInt32 => OnnxType.UInt32,
        TypeCode.Int64 => OnnxType.Int64,
        TypeCode.UInt64 => OnnxType.UInt64,
        TypeCode.Single => OnnxType.Single,
        TypeCode.Double => OnnxType.Double,
        // Dates and spans of time as milliseconds: see the inputs of a file.
        TypeCode.DateTime => OnnxType.Int64,
        _ when type == typeof(ReadOnlyMemory<char>) || type == typeof(string) => OnnxType.Text,
        _ when type == typeof(DateTimeOffset) || type == typeof(TimeSpan) => OnnxType.Int64,
        _ => throw new NotSupportedException(
            $"The column '{column}' holds values of type {type}, which ONNX has no type for. Convert it before the pipeline, or leave its steps out."),
    };
}
