using MLNet.Embeddings.Benchmarks;

if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

switch (arguments.Command)
{
    case "speed": return SpeedReport.Print(arguments);
    case "onnx": return SuiteOnnx.Print(arguments.Suite!);
    case "suite": return SuiteReport.Print(arguments.Suite!);
    case "addition": return AdditionReport.Print(arguments);
    case "sequences": return SequencesReport.Print(arguments);
    case "stream": return StreamReport.Print(arguments.Stream!);
    case "process": Console.WriteLine(JobRunner.Run(arguments)); return 0;
    case "rounds": return RoundsReport.Print(arguments);
    default: KernelBenchmarks.Run(arguments.Quick); return 0;
}
