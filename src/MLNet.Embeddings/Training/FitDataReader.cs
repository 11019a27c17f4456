using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Reads the rows of a fit: those to train on, and those to validate on.</summary>
/// <param name="reader">Reads rows into tables.</param>
/// <param name="options">How to divide them, and whether to keep them in memory.</param>
internal sealed class FitDataReader(TrainingTableReader reader, TrainingOptions options)
{
    /// <summary>Reads the rows to train on and those to validate on.</summary>
    /// <param name="training">The rows to train on, and to hold rows out of where no others are given.</param>
    /// <param name="validation">The rows to validate on; null for none.</param>
    /// <param name="groups">The groups of a table's rows, whose shares the rows held out keep.</param>
    /// <param name="random">Source of the choice of rows.</param>
    /// <returns>The rows, and of each label the values of all rows that were read for training.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a type that cannot be used.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or values that cannot be used.</exception>
    internal (FitData Data, IReadOnlyList<float[]> Labels) Read(IDataView training, IDataView? validation, Func<TrainingTable, float[]> groups, SplitMix random)
    {
        if (options.ShuffleBufferRows is { } rows) return Stream(rows, training, validation, random);

        var table = reader.Read(training, options.CancellationToken);
        var data = validation is null
            ? FitData.Split(table, groups(table), options.ValidationFraction, random)
            : FitData.Given(table, reader.Read(validation, options.CancellationToken), Names);
        return (data, table.Labels);
    }

    private IEnumerable<string> Names => reader.Columns.Select(column => column.Name);

    private (FitData Data, IReadOnlyList<float[]> Labels) Stream(int bufferRows, IDataView training, IDataView? validation, SplitMix random)
    {
        double heldOut = validation is null ? options.ValidationFraction : 0;
        var view = new StreamedView(reader, training, bufferRows, heldOut, random.Next(), options.CancellationToken);
        var rows = StreamedRows.Measure(view, out float[][] labels, out int skipped);
        var validated = validation is null ? view.ReadHeldOut() : reader.Read(validation, options.CancellationToken);
        return (FitData.Given(rows, skipped, validated, Names), labels);
    }
}
