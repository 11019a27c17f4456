using System.Diagnostics;

namespace MLNet.Embeddings.Processes;

/// <summary>Starts this program again, as another process.</summary>
internal static class ThisProgram
{
    /// <param name="arguments">Its arguments.</param>
    internal static ProcessStartInfo Start(params IEnumerable<string> arguments)
    {
        // The program's own file, or the host with its assembly.
        string program = Environment.ProcessPath!;
        bool isHosted = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return new(program, isHosted ? arguments.Prepend(Environment.GetCommandLineArgs()[0]) : arguments) { RedirectStandardOutput = true };
    }
}
