using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>One pass over a file that finds the types of its columns.</summary>
internal sealed class InferencePass
{
    /// <summary>Rows from which the decimal mark is found where all types are known.</summary>
    private const int RowsForDecimals = 1000;

    private readonly TableSource _source;
    private readonly GivenTypes _given;
    private readonly ColumnInference[] _columns;
    private readonly ColumnExamples[]? _examples;

    private InferencePass(TableSource source, GivenTypes given, bool tells)
    {
        (_source, _given) = (source, given);
        bool seeksCommas = (source.Options.DecimalSeparator ?? (source.Options.Separator == ';' ? ',' : '.')) == ',';
        _columns = [.. source.Names.Select(name => new ColumnInference(name, seeksCommas))];
        if (tells) _examples = [.. source.Names.Select(_ => new ColumnExamples())];
    }

    internal long Rows { get; private set; }

    internal char DecimalSeparator { get; private set; }

    internal IReadOnlyList<DataKind> Types => [.. Evidence.Select(column => column.Type)];

    internal IReadOnlyList<ColumnEvidence> Evidence =>
        [.. _columns.Select((column, i) => _given[i] is { } given ? ColumnEvidence.Of(given) : column.Evidence(DecimalSeparator))];

    /// <summary>Reads the file, or as much of it as is needed.</summary>
    /// <param name="source">The file.</param>
    /// <param name="given">The types that are known.</param>
    /// <param name="tells">Whether the columns are to be described.</param>
    /// <param name="seeksQuotes">Whether it is to be seen that all rows can be read with quotes.</param>
    /// <exception cref="TableFormatException">A row cannot be read.</exception>
    internal static InferencePass Run(TableSource source, GivenTypes given, bool tells, bool seeksQuotes)
    {
        var pass = new InferencePass(source, given, tells);
        var options = source.Options;
        bool seeksTypes = tells || !given.AreComplete;
        bool seeksDecimals = options.DecimalSeparator is null && options.Separator == ';';
        int rows = seeksTypes || seeksQuotes ? options.RowsToInfer ?? int.MaxValue : seeksDecimals ? RowsForDecimals : 0;
        pass.Read(rows, seeksDecimals);
        pass.DecimalSeparator = options.DecimalSeparator ?? (seeksDecimals && pass.HasDecimalCommas() ? ',' : '.');
        return pass;
    }

    /// <summary>What was found of each column.</summary>
    internal IReadOnlyList<ColumnDescription> Describe() => [.. Types.Select((type, i) => _examples![i].Describe(_source.Names[i], type))];

    private void Read(int rows, bool seeksDecimals)
    {
        if (rows == 0) return;
        bool seeksAll = _examples is not null || seeksDecimals;
        int[] sought = [.. Enumerable.Range(0, _columns.Length).Where(column => seeksAll || _given[column] is null)];
        using var reader = _source.Open(column => sought.Contains(column));
        while (Rows < rows && reader.Read())
        {
            Rows++;
            foreach (int column in sought)
            {
                var kind = reader.KindOf(column);
                var text = reader.TextOf(column).Span;
                _columns[column].Add(kind, text);
                _examples?[column].Add(kind, text);
            }
        }
    }

    private bool HasDecimalCommas() => _columns.Any(column => column.NeedsComma) && !_columns.Any(column => column.NeedsPoint);
}
