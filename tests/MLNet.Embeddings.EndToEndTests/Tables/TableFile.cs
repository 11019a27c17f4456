using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests.Tables;

/// <summary>A file in a folder of its own, which is gone with it.</summary>
internal sealed class TableFile : IDisposable
{
    private static readonly MLContext MLContext = new(seed: 1);

    private readonly TemporaryFolder _folder = new();

    internal TableFile(string name, string text, Encoding? encoding = null)
        : this(name, (encoding ?? new UTF8Encoding(false)) is var given ? [.. given.GetPreamble(), .. given.GetBytes(text)] : [])
    {
    }

    internal TableFile(string name, byte[] bytes)
    {
        Path = System.IO.Path.Combine(_folder.Path, name);
        File.WriteAllBytes(Path, bytes);
    }

    internal string Path { get; }

    internal string Beside(string name) => System.IO.Path.Combine(_folder.Path, name);

    internal IDataView Load(TableOptions? options = null) => MLContext.Data.LoadTable(Path, options);

    internal TableDescription Describe(TableOptions? options = null) => MLContext.Data.DescribeTable(Path, options);

    /// <summary>The type of each column, such as "Age Single".</summary>
    internal string[] Types(TableOptions? options = null) => [.. Describe(options).Columns.Select(column => $"{column.Name} {column.Type}")];

    public void Dispose() => _folder.Dispose();

    /// <summary>A column's values as texts; numbers as invariant texts.</summary>
    internal static string[] Texts(IDataView view, string column) => view.Schema[column].Type.RawType switch
    {
        var type when type == typeof(ReadOnlyMemory<char>) => [.. view.GetColumn<ReadOnlyMemory<char>>(column).Select(text => text.ToString())],
        var type when type == typeof(float) => Of<float>(view, column),
        var type when type == typeof(double) => Of<double>(view, column),
        var type when type == typeof(long) => Of<long>(view, column),
        var type when type == typeof(bool) => Of<bool>(view, column),
        _ => [.. view.GetColumn<DateTime>(column).Select(date => FormattableString.Invariant($"{date:yyyy-MM-dd HH:mm:ss}"))],
    };

    private static string[] Of<T>(IDataView view, string column) => [.. view.GetColumn<T>(column).Select(value => FormattableString.Invariant($"{value}"))];
}
