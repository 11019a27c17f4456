using Cluster;
using MLNet.Embeddings.Robustness;

if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

switch (arguments.Command)
{
    case "inputs": return InputHunt.Run().Print(Console.Out);
    case "random": return RandomHunt.Run(arguments).Print(Console.Out);
    case "onnx": return OnnxHunt.Run(arguments).Print(Console.Out);
    case "fits": return FitHunt.Run(arguments).Print(Console.Out);
    case "fuzz": return FuzzHunt.Run(arguments).Print(Console.Out);
    case WorkerCommands.Fuzz: return FuzzWorker.Run(arguments);
    case "kill": return KillHunt.Run(arguments).Print(Console.Out);
    case WorkerCommands.Generations: return Generations.Run(arguments.Folder);
    case "cluster": return (await ClusterHunt.RunAsync(arguments)).Print(Console.Out);
    case "memory": await CoordinatorMemory.PrintAsync(); return 0;
    case "overhead": return await ClusterOverhead.PrintAsync(arguments);
    case SiloProcess.Role: await SiloProcess.RunAsync(args); return 0;
    case "soak": return SoakHunt.Run(arguments).Print(Console.Out);
    case WorkerCommands.Writer: return SoakHunt.Write(arguments.Folder);
    default: return 2;
}
