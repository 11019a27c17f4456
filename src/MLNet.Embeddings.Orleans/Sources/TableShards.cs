using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Files of tables, which are all read with the same columns and types.</summary>
/// <param name="pattern">Which files.</param>
/// <param name="settings">How they are read, as far as that is given.</param>
/// <param name="plan">What was found in them; null before they are examined.</param>
[GenerateSerializer, Immutable]
internal sealed class TableShards(string pattern, TableSettings settings, TablePlan? plan = null) : Shards
{
    [Id(0)] private readonly string _pattern = pattern;
    [Id(1)] private readonly TableSettings _settings = settings;
    [Id(2)] private readonly TablePlan? _plan = plan;

    internal override string Name => _pattern;

    internal override bool NeedsExamination => _plan is null;

    internal override IEnumerable<string> Find(ShardPlace place) => FilePattern.Find(_pattern, place.Folder);

    internal override byte[] Examine(ShardPlace place, string name)
    {
        var (options, names, columns) = TableInference.Examine(FilePattern.PathOf(name, place.Folder), _settings.Options);
        return JsonSerializer.SerializeToUtf8Bytes(new TableFindings(TableWay.Of(options), names, columns));
    }

    internal override Shards Resolve(IReadOnlyList<(string Name, byte[] Found)> found) => new TableShards(_pattern, _settings,
        TablePlan.Of([.. found.Select(file => (file.Name, JsonSerializer.Deserialize<TableFindings>(file.Found)!))]));

    internal override IDataView Open(MLContext context, ShardPlace place, string name)
    {
        var plan = _plan ?? throw new InvalidOperationException($"The files '{_pattern}' were not examined.");
        return context.Data.LoadTable(FilePattern.PathOf(name, place.Folder), plan.OptionsOf(name, _settings.Options));
    }
}

/// <summary>What was found in a file.</summary>
/// <param name="Way">How it is written.</param>
/// <param name="Names">Its columns.</param>
/// <param name="Columns">What these may be.</param>
internal sealed record TableFindings(TableWay Way, IReadOnlyList<string> Names, IReadOnlyList<ColumnEvidence> Columns);

/// <summary>How a file is written.</summary>
/// <param name="Format">Its <see cref="TableFormat"/>.</param>
/// <param name="Separator">What is between fields.</param>
/// <param name="HasHeader">Whether there is one.</param>
/// <param name="Quoted">Whether fields may be in quotes.</param>
/// <param name="DecimalSeparator">The mark before decimals.</param>
[GenerateSerializer, Immutable]
internal sealed record TableWay(int? Format, char? Separator, bool? HasHeader, bool? Quoted, char? DecimalSeparator)
{
    internal bool IsJson => Format == (int)TableFormat.Json;

    internal static TableWay Of(TableOptions options) =>
        new((int?)options.Format, options.Separator, options.HasHeader, options.Quoted, options.DecimalSeparator);

    internal TableOptions Add(TableOptions options) => options with
    {
        Format = (TableFormat?)Format,
        Separator = Separator,
        HasHeader = HasHeader,
        Quoted = Quoted,
        DecimalSeparator = DecimalSeparator,
    };
}

/// <summary>How all files are read.</summary>
/// <param name="Names">The columns.</param>
/// <param name="Types">Their types, each a <see cref="DataKind"/>.</param>
/// <param name="Way">How most files are written.</param>
/// <param name="Others">Files that are written in another way, in order.</param>
/// <param name="OtherWays">How these are.</param>
[GenerateSerializer, Immutable]
internal sealed record TablePlan(string[] Names, int[] Types, TableWay Way, string[] Others, TableWay[] OtherWays)
{
    /// <summary>The one for what was found in files.</summary>
    /// <exception cref="ShardException">A file has other columns.</exception>
    internal static TablePlan Of(IReadOnlyList<(string Name, TableFindings Found)> files)
    {
        OrderedDictionary<string, (ColumnEvidence Evidence, string File)> columns = [];
        foreach (var (file, found) in files)
        {
            foreach (var (name, evidence) in found.Names.Zip(found.Columns))
                columns[name] = columns.TryGetValue(name, out var known) ? (known.Evidence.Join(evidence), known.File) : (evidence, file);
        }
        Check([.. files.Where(file => !file.Found.Way.IsJson).Select(file => (file.Name, file.Found.Names))]);
        var way = files.CountBy(file => file.Found.Way).MaxBy(count => count.Value).Key;
        var others = files.Where(file => file.Found.Way != way).ToArray();
        return new([.. columns.Keys], [.. columns.Values.Select(column => (int)column.Evidence.Type)], way,
            [.. others.Select(file => file.Name)], [.. others.Select(file => file.Found.Way)]);
    }

    /// <summary>The options that read a file.</summary>
    internal TableOptions OptionsOf(string file, TableOptions options)
    {
        int other = Array.IndexOf(Others, file);
        var way = other < 0 ? Way : OtherWays[other];
        return way.Add(options) with
        {
            Schema = null,
            Types = Names.Zip(Types, (name, type) => (name, (DataKind)type)).ToDictionary(),
            Columns = way.IsJson ? Names : null,
        };
    }

    /// <summary>Holds files against what most have; an object of JSON need not have all values, so a file of such need not have all columns.</summary>
    private static void Check((string Name, IReadOnlyList<string> Columns)[] files)
    {
        if (files.Length == 0) return;
        var most = files.GroupBy(file => string.Join('\n', file.Columns.Order(StringComparer.Ordinal))).MaxBy(alike => alike.Count())!.First();
        foreach (var (name, columns) in files)
        {
            string? fault = most.Columns.Except(columns).FirstOrDefault() is { } missing ? $"it has no column '{missing}', which '{most.Name}' has"
                : columns.Except(most.Columns).FirstOrDefault() is { } added ? $"it has a column '{added}', which '{most.Name}' does not have" : null;
            if (fault is not null) throw new ShardException(name, $"{fault}. All must have the same columns.");
        }
    }
}
