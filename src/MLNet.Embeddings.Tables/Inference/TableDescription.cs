using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>What was found in a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Rows">Number of rows that were looked at: all, unless <see cref="TableOptions.RowsToInfer"/> says how many.</param>
/// <param name="Columns">Its columns, in their order.</param>
/// <param name="Options">
/// The options that read a file exactly so: nothing is left to be found. With <c>with { }</c> something may be changed, and with them another file is read
/// in the same way.
/// </param>
public sealed record TableDescription(string Path, long Rows, IReadOnlyList<ColumnDescription> Columns, TableOptions Options);

/// <summary>What was found in a column of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="DateFormat">
/// The format of dates that are text, such as "d.M.yyyy", which <c>InputColumn.Date</c> reads; null for other columns. Dates in ISO 8601 are of type DateTime.
/// </param>
/// <param name="Missing">Share of rows without a value, from 0 to 1.</param>
/// <param name="Distinct">Number of different values, counted up to <see cref="MostDistinct"/>.</param>
/// <param name="Examples">The first different values, at most five.</param>
public sealed record ColumnDescription(string Name, DataKind Type, string? DateFormat, double Missing, int Distinct, IReadOnlyList<string> Examples)
{
    /// <summary>Different values are counted up to so many.</summary>
    public const int MostDistinct = 10_000;
}
