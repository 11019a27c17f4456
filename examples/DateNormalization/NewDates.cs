namespace DateNormalization;

/// <summary>Dates to normalize that are in no data.</summary>
internal static class NewDates
{
    /// <summary>Of the ways that were learned; then of others, or of none.</summary>
    internal static WrittenDate[] All { get; } =
    [
        .. new[]
        {
            "the 3rd of march, 1999", "3/3/99 (us)", "Wed 3 Mar 1999", "twenty-first of July 1969", "9 nov '89", "12/1/2031 (us)", "12/1/2031 (uk)",
            "29.II.2000",
            "3 march 99, a wednesday", "99-03-03", "tomorrow",
        }.Select(written => new WrittenDate { Written = written }),
    ];
}
