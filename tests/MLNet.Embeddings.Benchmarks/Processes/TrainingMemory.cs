namespace MLNet.Embeddings.Benchmarks;

/// <summary>Largest working set of a process that trains, beside TorchSharp.</summary>
internal sealed class TrainingMemory : IMeasurement
{
    public string Name => "peak memory of a process that trains network A";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        double[] medians = (rounds with { WarmUps = 0 }).Medians( // a new process each time
            () => JobProcess.Run(ProcessJob.Training).PeakBytes / 1e6,
            () => JobProcess.Run(ProcessJob.TorchTraining).PeakBytes / 1e6);
        return [new(Name, "TorchSharp", Unit.Megabytes, medians[0], medians[1])];
    }
}
