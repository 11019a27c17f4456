namespace MLNet.Embeddings.Benchmarks;

/// <summary>How near the kernels of training come to the machine's peak.</summary>
internal sealed class KernelRates : IMeasurement
{
    public string Name => "kernels";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var product = new MatrixProductBenchmark { Rows = 256, Inputs = NetworkA.BodyDimensions };
        var gru = new RaggedRecurrenceBenchmark { FullLength = false };
        var fullGru = new RaggedRecurrenceBenchmark { FullLength = true };
        product.Prepare();
        gru.Prepare();
        fullGru.Prepare();

        double[] rates = rounds.Medians(
            () => Rate(product.Multiply, product.Operations),
            () => Rate(gru.ForwardAndBackward, gru.Operations),
            () => Rate(fullGru.ForwardAndBackward, fullGru.Operations),
            () => PeakRate.OperationsPerSecond(threads: 1),
            () => PeakRate.OperationsPerSecond(Environment.ProcessorCount));

        return
        [
            Compare("matrix product, 256 rows of 256 by 384", rates[0], "one core", rates[3]),
            Compare("GRU of bodies, forward and backward, batch 32, real lengths", rates[1], "all cores", rates[4]),
            Compare("the same, all of 300 words", rates[2], "all cores", rates[4]),
        ];

        double Rate(Action kernel, double operations) => operations / rounds.SecondsPerCall(kernel);
    }

    private Comparison Compare(string what, double rate, string cores, double peak) =>
        new($"{Name}: {what}", $"the arithmetic peak of {cores}", Unit.BillionsPerSecond, rate / 1e9, peak / 1e9);
}
