using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Runs the benchmarks of the kernels.</summary>
internal static class KernelBenchmarks
{
    internal static void Run(bool quick)
    {
        // In this process: a project that BenchmarkDotNet generates could not use what is internal.
        var job = (quick ? Job.Dry : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
        Type[] benchmarks =
        [
            typeof(MatrixProductBenchmark), typeof(RecurrentStepBenchmark), typeof(RaggedRecurrenceBenchmark),
            typeof(ActivationBenchmark), typeof(AdamBenchmark),
        ];
        BenchmarkRunner.Run(benchmarks, DefaultConfig.Instance.AddJob(job).WithOptions(ConfigOptions.JoinSummary));
    }
}
