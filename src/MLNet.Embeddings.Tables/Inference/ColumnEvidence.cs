using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>What the values of a column allow it to be, in a file or in several.</summary>
/// <param name="Given">A type that does not depend on values.</param>
/// <param name="HasValues">Whether there is one that is not missing.</param>
/// <param name="HasMissing">Whether there is one that is missing.</param>
/// <param name="CanBeBoolean">Whether all are true or false.</param>
/// <param name="CanBeDate">Whether all are dates.</param>
/// <param name="Numbers">What they are as numbers; null where one is none.</param>
internal sealed record ColumnEvidence(
    DataKind? Given, bool HasValues, bool HasMissing, bool CanBeBoolean, bool CanBeDate, NumberEvidence? Numbers)
{
    /// <summary>That of a column without rows.</summary>
    internal static ColumnEvidence None { get; } = new(null, false, false, true, true, null);

    /// <summary>That of a column whose type is known.</summary>
    internal static ColumnEvidence Of(DataKind given) => None with { Given = given, HasValues = true };

    /// <summary>The type that holds all values.</summary>
    internal DataKind Type
    {
        get
        {
            if (Given is { } given) return given;
            if (!HasValues) return DataKind.String;
            if (CanBeBoolean) return HasMissing ? DataKind.String : DataKind.Boolean;
            if (CanBeDate) return DataKind.DateTime;
            return Numbers?.Type(HasMissing) ?? DataKind.String;
        }
    }

    /// <summary>That of the values of this file and of the next one.</summary>
    internal ColumnEvidence Join(ColumnEvidence next)
    {
        bool hasMissing = HasMissing || next.HasMissing;
        if (!HasValues || !next.HasValues) return (HasValues ? this : next) with { HasMissing = hasMissing };
        if (Given is not null || next.Given is not null) return Of(Wider(Type, next.Type)) with { HasMissing = hasMissing };
        return new(null, true, hasMissing, CanBeBoolean && next.CanBeBoolean, CanBeDate && next.CanBeDate,
            Numbers is null || next.Numbers is null ? null : Numbers.Join(next.Numbers));
    }

    private static DataKind Wider(DataKind one, DataKind other) => one == other ? one : IsNumber(one) && IsNumber(other) ? DataKind.Double : DataKind.String;

    private static bool IsNumber(DataKind kind) =>
        kind is not (DataKind.Boolean or DataKind.String or DataKind.DateTime or DataKind.DateTimeOffset or DataKind.TimeSpan);
}

/// <summary>What numbers are.</summary>
/// <param name="Count">How many.</param>
/// <param name="IsWhole">Whether none has decimals.</param>
/// <param name="FitsLong">Whether those that are whole fit into 64 bits.</param>
/// <param name="FitsSingle">Whether Single has all their digits.</param>
/// <param name="FitsDouble">Whether Double has all digits of those that are whole.</param>
/// <param name="IsUnique">Whether they differ.</param>
/// <param name="CountsUp">Whether each is one more than the one before.</param>
/// <param name="CountsDown">Whether each is one less.</param>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
/// <param name="IsNamedAsId">Whether the name of the column says that the numbers only name something.</param>
internal sealed record NumberEvidence(
    long Count, bool IsWhole, bool FitsLong, bool FitsSingle, bool FitsDouble, bool IsUnique, bool CountsUp, bool CountsDown, long First, long Last,
    bool IsNamedAsId)
{
    private const int FewestIds = 20;

    /// <summary>The type of the numbers; null where no type has them all with the missing ones.</summary>
    internal DataKind? Type(bool hasMissing)
    {
        bool isInteger = IsWhole && FitsLong && !hasMissing;
        // Years and measures may differ in all rows as well: numbers are ids if they count the rows, or are called so.
        bool countsRows = CountsUp && (First is 0 or 1) || CountsDown && (Last is 0 or 1);
        if (isInteger && IsUnique && Count > FewestIds && (countsRows || IsNamedAsId)) return DataKind.Int64;
        if (IsWhole && !FitsDouble) return isInteger ? DataKind.Int64 : null;
        return FitsSingle ? DataKind.Single : DataKind.Double;
    }

    /// <summary>What these and the next ones are; whether numbers of two files differ is taken from those within each.</summary>
    internal NumberEvidence Join(NumberEvidence next) => new(
        Count + next.Count, IsWhole && next.IsWhole, FitsLong && next.FitsLong, FitsSingle && next.FitsSingle, FitsDouble && next.FitsDouble,
        IsUnique && next.IsUnique, CountsUp && next.CountsUp && next.First == Last + 1, CountsDown && next.CountsDown && next.First == Last - 1,
        First, next.Last, IsNamedAsId);
}
