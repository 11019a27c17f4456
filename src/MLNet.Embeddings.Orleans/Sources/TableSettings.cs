using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary><see cref="TableOptions"/> as they are sent.</summary>
[GenerateSerializer, Immutable]
internal sealed class TableSettings
{
    [Id(0)] private readonly TableWay _way;
    [Id(1)] private readonly string? _encoding;
    [Id(2)] private readonly int? _rowsToInfer;
    [Id(3)] private readonly string[] _typed;
    [Id(4)] private readonly int[] _types;
    [Id(5)] private readonly string[]? _schema;
    [Id(6)] private readonly int[]? _schemaTypes;

    /// <exception cref="ArgumentException">The schema has a column of a type that files cannot hold.</exception>
    internal TableSettings(TableOptions options)
    {
        (_way, _encoding, _rowsToInfer) = (TableWay.Of(options), options.Encoding?.WebName, options.RowsToInfer);
        var types = options.Types.OrderBy(type => type.Key, StringComparer.Ordinal).ToArray();
        (_typed, _types) = ([.. types.Select(type => type.Key)], [.. types.Select(type => (int)type.Value)]);
        if (options.Schema is not { } schema) return;
        var columns = schema.Where(column => !column.IsHidden).ToArray();
        (_schema, _schemaTypes) = (Array.ConvertAll(columns, column => column.Name), Array.ConvertAll(columns, KindOf));
    }

    /// <summary>The options.</summary>
    internal TableOptions Options => _way.Add(new TableOptions
    {
        Encoding = _encoding is null ? null : CodePagesEncodingProvider.Instance.GetEncoding(_encoding) ?? Encoding.GetEncoding(_encoding),
        RowsToInfer = _rowsToInfer,
        Types = _typed.Zip(_types, (name, type) => (name, (DataKind)type)).ToDictionary(),
        Schema = _schema is null ? null : SchemaOf(_schema, _schemaTypes!),
    });

    private static int KindOf(DataViewSchema.Column column) => (int?)FieldValues.KindOf(column.Type) ?? throw new ArgumentException(
        $"Schema has the column '{column.Name}' of type {column.Type}, which a file cannot hold; types are {FieldValues.AllKinds}.");

    private static DataViewSchema SchemaOf(string[] names, int[] types)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var (name, type) in names.Zip(types)) builder.AddColumn(name, FieldValues.TypeOf((DataKind)type));
        return builder.ToSchema();
    }
}
