namespace MLNet.Embeddings.Benchmarks;

/// <summary>Something to be measured, which makes some rows of the report.</summary>
internal interface IMeasurement
{
    /// <summary>What is measured, for whoever waits for the report.</summary>
    string Name { get; }

    /// <summary>Measures.</summary>
    IEnumerable<Comparison> Run(AlternatingRounds rounds);
}
