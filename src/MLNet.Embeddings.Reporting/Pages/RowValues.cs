using System.Xml.Linq;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Rows as tables of their columns.</summary>
internal static class RowValues
{
    private const int MostColumns = 30, LongestValue = 400;

    internal static IEnumerable<XElement> Of(IDataView rows)
    {
        DataViewSchema.Column[] columns = [.. rows.Schema.Where(column => !column.IsHidden).Take(MostColumns)];
        using var cursor = rows.GetRowCursor(columns);
        Func<string>[] values = [.. columns.Select(column => CellText.Reader(cursor, column))];
        while (cursor.MoveNext())
        {
            yield return Html.Table("Values of the row", ["Column", "Value"],
                columns.Zip(values, (column, value) => new object?[] { column.Name, Show.Short(value(), LongestValue) }));
        }
    }
}
