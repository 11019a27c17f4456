using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>The numbers that a setting may have. What is wrong with another one is said in the same words everywhere, whatever the culture.</summary>
/// <param name="words">The numbers, behind "must be".</param>
/// <param name="holds">Whether a number is one of them; NaN is in no range.</param>
internal sealed class NumberRange(string words, Func<double, bool> holds)
{
    internal static readonly NumberRange
        FromZero = new("finite and at least 0", value => value is >= 0 and < double.PositiveInfinity),
        FromOne = new("finite and at least 1", value => value is >= 1 and < double.PositiveInfinity),
        AboveZero = new("finite and above 0", value => value is > 0 and < double.PositiveInfinity),
        AboveZeroOrInfinite = new("above 0", value => value > 0),
        ZeroToOne = new("from 0 to 1", value => value is >= 0 and <= 1),
        ZeroToBelowOne = new("from 0 to below 1", value => value is >= 0 and < 1),
        BetweenZeroAndOne = new("above 0 and below 1", value => value is > 0 and < 1);

    /// <summary>What is wrong with a number, a sentence; none where nothing is, or where there is no number.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="value">The number; null where it is left to be chosen.</param>
    /// <param name="verb">What the number stands behind.</param>
    internal IEnumerable<string> Faults(string what, double? value, string verb = "it was") => value is not { } given || holds(given)
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{what} must be {words}; {verb} {given}.")];
}
