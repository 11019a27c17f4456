using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Checks that the columns of a schema, or of the promise of one, are of the types that their kinds ask for.</summary>
internal static class InputCheck
{
    /// <param name="column">The column as the options name it.</param>
    /// <param name="find">Finds a column's type by role and name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of a type that cannot be used.</exception>
    internal static void Require(this InputColumn column, Func<string, string, InputType> find)
    {
        switch (column)
        {
            case CategoryColumn:
                find("category", column.Name).RequireCategory(column.Name);
                break;
            case SequenceColumn:
                find("sequence", column.Name).RequireKeys("sequence", column.Name);
                break;
            case BagColumn:
                find("bag", column.Name).RequireKeys("bag", column.Name);
                break;
            default:
                find("number", column.Name).RequireNumber(column.Name);
                break;
        }
    }

    /// <param name="columns">Columns whose types were checked.</param>
    /// <param name="schema">The schema.</param>
    /// <exception cref="ArgumentOutOfRangeException">Columns that share a table have keys of different vocabularies.</exception>
    internal static void RequireOneVocabularyPerTable(this IEnumerable<InputColumn> columns, DataViewSchema schema)
    {
        foreach (var table in SharedTables.Of(columns))
        {
            string first = table.First().Name;
            int expected = KeyReading.KeyCount(schema[first]);
            var terms = new KeyTerms(schema[first]);
            foreach (var column in table.Skip(1))
            {
                int count = KeyReading.KeyCount(schema[column.Name]);
                string? other = count == expected ? new KeyTerms(schema[column.Name]).FirstDifference(terms) : "";
                if (other is null) continue;
                throw SchemaErrors.Mismatch("key", column.Name, $"the {expected} keys of '{first}', with which it shares the table '{table.Key}'",
                    $"{count} keys{(other == "" ? "" : $", of which {other}")}",
                    "Index these columns in one step, IndexTokens([...]) or IndexCategories([...]), so that they have one vocabulary.");
            }
        }
    }
}
