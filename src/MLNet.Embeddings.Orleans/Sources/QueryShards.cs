using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A column of a query's result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type that it is read as: String, Single, Double, Boolean, DateTime, or one of integers.</param>
[GenerateSerializer, Immutable]
public sealed record QueryColumn(string Name, DbType Type);

/// <summary>Parts of a query.</summary>
[GenerateSerializer, Immutable]
internal sealed partial class QueryShards : Shards
{
    [Id(0)] private readonly string _connection;
    [Id(1)] private readonly string _sql;
    [Id(2)] private readonly int _parts;
    [Id(3)] private readonly QueryColumn[] _columns;

    /// <exception cref="ArgumentException">The query has no parameter for the part, or no columns are asked for.</exception>
    internal QueryShards(string connection, string sql, int parts, IReadOnlyList<QueryColumn> columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0) throw new ArgumentException("Name the columns to read, such as new QueryColumn(\"Amount\", DbType.Single).", nameof(columns));
        if (parts > 1 && !Parameter().Matches(sql).Any(match => match.Groups["name"].Value == "part"))
        {
            throw new ArgumentException(
                $"The query of {parts} parts has no parameter @part, so that each part would have all rows. Let it choose the rows of a part, such as " +
                "WHERE Id % @parts = @part.", nameof(sql));
        }
        (_connection, _sql, _parts, _columns) = (connection, sql, parts, [.. columns]);
    }

    internal override string Name => $"{_connection}: {_sql}";

    internal override string Needed =>
        $"Silos know a connection '{_connection}' by {nameof(EmbeddingsSiloOptions)}.{nameof(EmbeddingsSiloOptions.AddConnection)}(\"{_connection}\", ...); " +
        "check that one does.";

    // Of one length, so that their order is that of the numbers.
    internal override IEnumerable<string> Find(ShardPlace place) => place.Options.Connections.ContainsKey(_connection)
        ? Enumerable.Range(0, _parts).Select(part => $"{_connection}-{part.ToString($"D{Digits}", CultureInfo.InvariantCulture)}") : [];

    internal override IDataView Open(MLContext context, ShardPlace place, string name)
    {
        if (!place.Options.Connections.TryGetValue(_connection, out var connect))
            throw new InvalidOperationException($"This silo has no connection '{_connection}'. {Needed}");
        int part = int.Parse(name.AsSpan(_connection.Length + 1), CultureInfo.InvariantCulture);
        // A parameter is named as the query writes it, which each database does in its own way.
        var values = Parameter().Matches(_sql).DistinctBy(match => match.Value)
            .Select(match => new QueryParameter(match.Value, match.Groups["name"].Value == "part" ? part : _parts));
        var columns = _columns.Select(column => new DatabaseLoader.Column(column.Name, column.Type, [new DatabaseLoader.Range(column.Name)]));
        var source = new DatabaseSource(new QueryConnections(connect, [.. values]), "part", _sql);
        return context.Data.CreateDatabaseLoader([.. columns]).Load(source);
    }

    private int Digits => (_parts - 1).ToString(CultureInfo.InvariantCulture).Length;

    [GeneratedRegex(@"(?<![\w@:$])[@:$](?<name>parts?)\b")]
    private static partial Regex Parameter();
}
