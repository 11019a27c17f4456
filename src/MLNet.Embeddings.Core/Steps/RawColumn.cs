using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>A column that a model reads before its steps, of the kind of those which it can read that loses least.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record RawColumn(string Name, RowValueKind Kind)
{
    /// <summary>Whether it holds several values.</summary>
    internal bool IsList { get; init; }

    /// <summary>How many values a list holds; 0 where each row has its own number.</summary>
    internal int Size { get; init; }

    /// <summary>The number of keys; 0 where it holds none.</summary>
    internal int KeyCount { get; init; }

    /// <summary>The format of dates that it holds as texts; null where it holds none.</summary>
    internal string? DateFormat { get; init; }

    /// <summary>The terms of a category without the unknown one; empty for hashed ones and other columns.</summary>
    internal IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>The columns of a model, each once.</summary>
    /// <param name="shape">The form of its networks.</param>
    /// <param name="steps">What makes keys and numbers of raw columns.</param>
    internal static IEnumerable<RawColumn> Of(NetworkShape shape, IEnumerable<FittedStep> steps)
    {
        var lists = shape.Columns.Where(column => column is BagShape or SequenceShape).Select(column => column.Name).ToHashSet();
        var made = new HashSet<string>();
        List<RawColumn> columns = [];
        foreach (var step in steps)
        {
            switch (step)
            {
                case TokenStep { Shape: var tokens }:
                    foreach (var (output, input) in tokens.Columns) Add(output, new(input, RowValueKind.Text));
                    break;
                case CategoryStep { Shape: var categories } category:
                    string[] terms = category.Keys[0] is Vocabulary vocabulary ? vocabulary.AllTerms[1..].ToArray() : [];
                    foreach (var (output, input) in categories.Columns)
                        Add(output, new(input, RowValueKind.Category) { IsList = category.Keys.Count == 1 && lists.Contains(output), Terms = terms });
                    break;
                case DateStep { Shape: var date }:
                    Add(date.TimeColumn, new(date.InputColumnName, date.IsSpan ? RowValueKind.Time : RowValueKind.Date) { DateFormat = date.Format });
                    made.UnionWith(date.Parts.Select(date.PartColumn));
                    break;
                default: throw new UnreachableException($"{step}");
            }
        }
        columns.AddRange(shape.Columns.Where(column => !made.Contains(column.Name)).Select(Read));
        return columns.DistinctBy(column => column.Name);

        void Add(string output, RawColumn column)
        {
            made.Add(output);
            columns.Add(column);
        }
    }

    /// <summary>A column that no step makes.</summary>
    private static RawColumn Read(ColumnShape column) => column switch
    {
        CategoryShape category => new(category.Name, RowValueKind.Key) { KeyCount = category.KeyCount },
        EmbeddingShape keys => new(keys.Name, RowValueKind.Key) { IsList = true, KeyCount = keys.KeyCount },
        NumberShape { Size: 1 } => new(column.Name, RowValueKind.Number),
        NumberShape numbers => new(numbers.Name, RowValueKind.Number) { IsList = true, Size = numbers.Size },
        _ => throw new UnreachableException($"{column}"),
    };
}
