using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNet.Embeddings.Robustness;

/// <summary>An ONNX file in ONNX Runtime, which reads the columns of views.</summary>
internal sealed class OnnxFile : IDisposable
{
    private readonly InferenceSession _session;

    internal OnnxFile(byte[] file)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(file, options);
    }

    /// <summary>Names of its outputs, without what tells them from inputs.</summary>
    internal IReadOnlyList<string> Outputs => [.. _session.OutputNames.Select(NameOf)];

    /// <summary>The outputs for the rows of a view: of each output, the values of each row.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="batch">How many rows are given at once.</param>
    internal Dictionary<string, List<object[]>> Run(IDataView view, int batch)
    {
        var results = Outputs.ToDictionary(name => name, _ => new List<object[]>());
        var columns = _session.InputNames.ToDictionary(name => name, name => RawColumnValues.Read(view, view.Schema[name]));
        int rows = columns.Values.First().Count;
        for (int start = 0; start < rows; start += batch)
        {
            int count = Math.Min(batch, rows - start);
            NamedOnnxValue[] inputs =
                [.. columns.Select(column => RawColumnValues.ToTensor(column.Key, view.Schema[column.Key].Type, column.Value.GetRange(start, count)))];
            using var outputs = _session.Run(inputs);
            foreach (var output in outputs) results[NameOf(output.Name)].AddRange(RawColumnValues.OfTensor(output));
        }
        return results;
    }

    public void Dispose() => _session.Dispose();

    private static string NameOf(string output) => output.EndsWith(".output", StringComparison.Ordinal) ? output[..^".output".Length] : output;
}

/// <summary>Values of columns as tensors.</summary>
internal static class RawColumnValues
{
    /// <summary>The values of each row: numbers and Booleans as they are, keys as uint, texts as strings, dates as milliseconds.</summary>
    internal static List<object[]> Read(IDataView view, DataViewSchema.Column column)
    {
        var item = column.Type.ItemType();
        var read = item.RawType switch
        {
            var type when type == typeof(ReadOnlyMemory<char>) => Values<ReadOnlyMemory<char>>(view, column, text => text.ToString()),
            var type when type == typeof(float) => Values<float>(view, column, value => value),
            var type when type == typeof(double) => Values<double>(view, column, value => value),
            var type when type == typeof(bool) => Values<bool>(view, column, value => value),
            var type when type == typeof(int) => Values<int>(view, column, value => value),
            var type when type == typeof(long) => Values<long>(view, column, value => value),
            var type when type == typeof(uint) => Values<uint>(view, column, value => value),
            var type when type == typeof(byte) => Values<byte>(view, column, value => value),
            var type when type == typeof(ushort) => Values<ushort>(view, column, value => value),
            var type when type == typeof(short) => Values<short>(view, column, value => value),
            var type when type == typeof(sbyte) => Values<sbyte>(view, column, value => value),
            var type when type == typeof(ulong) => Values<ulong>(view, column, value => value),
            var type when type == typeof(DateTime) =>
                Values<DateTime>(view, column, date => date == default ? long.MinValue : (long)(date - DateTime.UnixEpoch).TotalMilliseconds),
            var type when type == typeof(TimeSpan) => Values<TimeSpan>(view, column, span => (long)span.TotalMilliseconds),
            var type => throw new NotSupportedException($"{type}"),
        };
        return [.. read];
    }

    /// <summary>A tensor of rows, filled up where they have different lengths.</summary>
    internal static NamedOnnxValue ToTensor(string name, DataViewType type, List<object[]> rows)
    {
        object sample = rows.SelectMany(row => row).FirstOrDefault() ?? Sample(type.ItemType().RawType);
        int width = Math.Max(1, rows.Max(row => row.Length));
        return sample switch
        {
            string => Tensor(""),
            float => Tensor(0f),
            double => Tensor(0.0),
            bool => Tensor(false),
            int => Tensor(0),
            long => Tensor(0L),
            uint => Tensor(0u),
            byte => Tensor((byte)0),
            ushort => Tensor((ushort)0),
            short => Tensor((short)0),
            sbyte => Tensor((sbyte)0),
            _ => Tensor(0ul),
        };

        NamedOnnxValue Tensor<T>(T none) where T : notnull
        {
            var tensor = new DenseTensor<T>([rows.Count, width]);
            for (int i = 0; i < rows.Count; i++)
            {
                for (int j = 0; j < width; j++) tensor[i, j] = j < rows[i].Length ? (T)rows[i][j] : none;
            }
            return NamedOnnxValue.CreateFromTensor(name, tensor);
        }
    }

    internal static IEnumerable<object[]> OfTensor(NamedOnnxValue value) => value.Value switch
    {
        Tensor<string> tensor => Rows(tensor),
        Tensor<float> tensor => Rows(tensor),
        Tensor<double> tensor => Rows(tensor),
        Tensor<long> tensor => Rows(tensor),
        Tensor<uint> tensor => Rows(tensor),
        Tensor<bool> tensor => Rows(tensor),
        var other => throw new NotSupportedException($"{other?.GetType()}"),
    };

    private static IEnumerable<object[]> Rows<T>(Tensor<T> tensor) where T : notnull
    {
        int rows = tensor.Dimensions[0], width = rows == 0 ? 0 : (int)tensor.Length / rows;
        T[] values = [.. tensor];
        return Enumerable.Range(0, rows).Select(row => values.AsSpan(row * width, width).ToArray().Cast<object>().ToArray());
    }

    private static object Sample(Type type) => type == typeof(ReadOnlyMemory<char>) ? "" : Activator.CreateInstance(type)!;

    private static IEnumerable<object[]> Values<T>(IDataView view, DataViewSchema.Column column, Func<T, object> convert) => column.Type is VectorDataViewType
        ? view.GetColumn<VBuffer<T>>(column).Select(row => row.DenseValues().Select(convert).ToArray())
        : view.GetColumn<T>(column).Select(value => new[] { convert(value) });
}
