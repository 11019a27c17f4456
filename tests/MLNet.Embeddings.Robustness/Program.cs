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
    default: return 2;
}
