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
}
