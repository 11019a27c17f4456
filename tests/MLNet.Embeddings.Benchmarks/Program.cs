using MLNet.Embeddings.Benchmarks;

if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

switch (arguments.Command)
{
    case "speed": SpeedReport.Print(arguments); break;
    case "process": Console.WriteLine(JobRunner.Run(arguments.Job!.Value, arguments.ModelPath)); break;
    default: KernelBenchmarks.Run(arguments.Quick); break;
}
return 0;
