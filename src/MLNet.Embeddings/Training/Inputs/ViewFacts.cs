using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What one pass over a view tells of it before anything is trained, or passes over its parts.</summary>
internal sealed class ViewFacts : IMergeable
{
    private readonly DataViewSchema.Column[] _columns;

    private ViewFacts(DataViewSchema.Column[] columns)
    {
        _columns = columns;
        Profiles = columns.Select(ColumnProfile.Of).ToDictionary(profile => profile.Name);
    }

    /// <summary>What is known where nobody has looked.</summary>
    internal static ViewFacts None { get; } = new([]);

    /// <summary>Number of rows.</summary>
    internal long Rows { get; private set; }

    /// <summary>The columns that are looked at, by name.</summary>
    internal IReadOnlyDictionary<string, ColumnProfile> Profiles { get; }

    /// <summary>The columns to read where none are named, each by its type and values; ids are left out.</summary>
    internal IReadOnlyList<InputColumn> Columns => [.. Profiles.Values.Select(profile => profile.ToColumn(Rows)).OfType<InputColumn>()];

    /// <summary>Facts of no row so far.</summary>
    /// <param name="schema">The columns of the view.</param>
    /// <param name="given">The names of the columns; empty for all but those to leave out.</param>
    /// <param name="left">The names of those.</param>
    internal static ViewFacts Begin(DataViewSchema schema, IReadOnlyList<string> given, IReadOnlyList<string> left) => new(given.Count > 0
        ? [.. given.Select(schema.GetColumnOrNull).OfType<DataViewSchema.Column>()]
        : [.. schema.Where(column => !column.IsHidden && !left.Contains(column.Name))]);

    /// <summary>Looks at the columns of a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="given">The names of the columns; empty for all but those to leave out.</param>
    /// <param name="left">The names of those.</param>
    /// <param name="pass">The pass.</param>
    internal static ViewFacts Of(IDataView view, IReadOnlyList<string> given, IReadOnlyList<string> left, RowPass pass)
    {
        List<ViewFacts> parts = [];
        var columns = Begin(view.Schema, given, left)._columns;
        SplitRows.Read(view, columns, pass, (cursor, _) =>
        {
            parts.Add(new ViewFacts(columns));
            return parts[^1].Open(cursor);
        });
        foreach (var part in parts[1..]) Merging.Add(parts[0], part);
        return parts[0];
    }

    /// <summary>Makes what looks at a cursor's current row.</summary>
    private Action Open(DataViewRow row)
    {
        Action[] profiles = [.. _columns.Select(column => Profiles[column.Name].Open(row))];
        return () =>
        {
            foreach (var add in profiles) add();
            Rows++;
        };
    }

    public void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(ViewFacts));
        writer.Write7BitEncodedInt64(Rows);
        writer.Write7BitEncodedInt(_columns.Length);
        foreach (var column in _columns)
        {
            Merging.Write(writer, column.Name);
            Profiles[column.Name].Write(writer);
        }
    }

    public void Merge(BinaryReader reader) => Merging.Read(reader, nameof(ViewFacts), () =>
    {
        Rows += Merging.ReadCount(reader);
        Merging.Require(reader, _columns.Length, "columns");
        foreach (var column in _columns)
        {
            string name = Merging.ReadText(reader);
            if (name != column.Name) throw new FormatException($"Column '{name}' is in the place of '{column.Name}': all parts must have the same columns.");
            Profiles[name].Merge(reader);
        }
    });
}
