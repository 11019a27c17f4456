using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What one pass over a view tells of it before anything is trained.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Profiles">The columns that were looked at, by name.</param>
internal sealed record ViewFacts(long Rows, IReadOnlyDictionary<string, ColumnProfile> Profiles)
{
    /// <summary>What is known where nobody has looked.</summary>
    internal static ViewFacts None { get; } = new(0, new Dictionary<string, ColumnProfile>());

    /// <summary>The columns to read where none are named, each by its type and values; ids are left out.</summary>
    internal IReadOnlyList<InputColumn> Columns => [.. Profiles.Values.Select(profile => profile.ToColumn(Rows)).OfType<InputColumn>()];

    /// <summary>Looks at the columns of a view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="given">The columns that are named; all others but the labels and the weight where there are none.</param>
    /// <param name="left">The columns to leave out.</param>
    /// <param name="pass">The pass.</param>
    internal static ViewFacts Of(IDataView view, IReadOnlyList<InputColumn> given, IEnumerable<string?> left, RowPass pass)
    {
        var schema = view.Schema;
        DataViewSchema.Column[] columns = given.Count > 0
            ? [.. given.Select(column => schema.GetColumnOrNull(column.Name)).OfType<DataViewSchema.Column>()]
            : [.. schema.Where(column => !column.IsHidden && !left.Contains(column.Name))];
        using var cursor = view.GetRowCursor(columns);
        ColumnProfile[] profiles = [.. columns.Select(column => ColumnProfile.Of(cursor, column))];
        long rows = 0;
        while (cursor.MoveNext())
        {
            pass.Next();
            foreach (var profile in profiles) profile.Add();
            rows++;
        }
        return new ViewFacts(rows, profiles.ToDictionary(profile => profile.Name));
    }
}
