using Microsoft.ML;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>What a fit allocates, which its peak cannot exceed, when it validates many rows of many classes, beside a quarter of the rows.</summary>
/// <remarks>If the scores of all rows were held at once, it would grow by 4 bytes a row and class.</remarks>
/// <param name="rowCount">The smaller number of validation rows, at least a batch.</param>
internal sealed class ClassValidation(int rowCount) : IMeasurement
{
    /// <summary>Rows that are scored at once; fewer validation rows would allocate less.</summary>
    internal const int BatchSize = 256;

    private const int Growth = 4;

    /// <summary>Room for reading a row and keeping its columns and label, not for a score a class.</summary>
    private const double MostBytesPerRow = 1_000;

    private readonly MLContext _context = new(1);

    public string Name => $"memory of validating {ClassRow.ClassCount:N0} classes";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        Allocated(rowCount);
        double more = Allocated(Growth * rowCount), fewer = Allocated(rowCount), most = MostBytesPerRow * (Growth - 1) * rowCount / 1e6;
        return [new($"{Name}, {Growth * rowCount:N0} rows", $"{rowCount:N0} rows", Unit.Megabytes, more, fewer, Reach.AtMostMore(most, Unit.Megabytes))];
    }

    private double Allocated(int validationRows)
    {
        var training = _context.Data.LoadFromEnumerable(ClassRow.Generate(BatchSize, seed: 1));
        var validation = _context.Data.LoadFromEnumerable(ClassRow.Generate(validationRows, seed: 2));
        var trainer = NetworkB.ClassTrainer(_context, PlainOptions.OneEpoch(BatchSize));
        long before = GC.GetTotalAllocatedBytes(precise: true);
        trainer.Fit(training, validation);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / 1e6;
    }
}
