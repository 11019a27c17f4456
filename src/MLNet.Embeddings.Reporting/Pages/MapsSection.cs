using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Maps of the largest embeddings.</summary>
internal static class MapsSection
{
    private const int MostMaps = 4;

    internal static IReadOnlyList<object?> Of(ReportSubject subject)
    {
        if (!subject.IsNetwork) return Section.None("The model has no embeddings of its own, so there are no maps.");
        var tables = Tables(subject).OrderByDescending(table => table.Vectors.Count).ToArray();
        if (tables.Length == 0) return Section.None("No column of the model has vectors of terms, so there are no maps.");
        string left = tables.Length > MostMaps
            ? $" Left out are the smaller ones of {string.Join(", ", tables.Skip(MostMaps).Select(table => $"'{table.Column}'"))}."
            : "";
        return
        [
            Html.Paragraph("Terms that the model treats alike lie close together. A map shows the two directions in which the vectors differ most, so " +
                $"that nearest terms, which are found by all directions, may lie apart on it.{left}"),
            .. tables.Take(MostMaps).Select((table, i) => TermMap.Of(table.Column, table.Vectors, i + 1)),
        ];
    }

    private static IEnumerable<(string Column, EmbeddingVectors Vectors)> Tables(ReportSubject subject)
    {
        foreach (string column in Columns(subject))
        {
            EmbeddingVectors vectors;
            try
            {
                vectors = subject.Model.Vectors(column);
            }
            catch (ArgumentException)
            {
                continue; // Numbers, dates and keys without terms have none.
            }
            if (vectors.Count > 1) yield return (column, vectors);
        }
    }

    private static IEnumerable<string> Columns(ReportSubject subject) => subject.Network is { } network
        ? network.History.Data.Select(column => column.Column).Union(network.Settings?.Columns.Select(column => column.Name) ?? [])
        : subject.Data.Schema.Where(column => !column.IsHidden).Select(column => column.Name);
}
