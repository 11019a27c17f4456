using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Reads validation data that are given to a fit, so that whatever is wrong is said of them, and what is left out is told.</summary>
internal static class ValidationData
{
    /// <summary>Does something with the validation data.</summary>
    /// <param name="read">What is done.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be used.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or values that cannot be used.</exception>
    internal static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new ArgumentOutOfRangeException(e.ParamName, $"The validation data cannot be used. {e.Message.Split(" (Parameter")[0]}");
        }
        catch (InvalidOperationException e) when (!e.Message.Contains("validation data", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The validation data cannot be used. {e.Message}", e);
        }
    }

    /// <summary>Checks the validation data.</summary>
    /// <param name="check">The check.</param>
    /// <inheritdoc cref="Read{T}" path="/exception"/>
    internal static void Check(Action check) => Read(() =>
    {
        check();
        return true;
    });

    /// <summary>All rows that can be validated on.</summary>
    /// <inheritdoc cref="Read{T}" path="/exception"/>
    internal static TrainingTable Rows(TrainingTableReader reader, IDataView view, FitLog log, RowPass pass)
    {
        var table = Read(() => reader.Read(view, pass));
        if (table.SkippedRows > 0)
        {
            log.Warn($"{table.SkippedRows} rows of {(long)table.SkippedRows + table.RowCount} in the validation data were left out because " +
                $"{reader.ReasonsToLeaveOut}.");
        }
        return table;
    }
}
