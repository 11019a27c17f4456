using System.Diagnostics;

namespace Examples;

/// <summary>Starts this program anew.</summary>
public static class FreshProcess
{
    /// <summary>Runs the program to its end in a process of its own, on the same terminal; returns its exit code.</summary>
    public static int Run(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        // Started as "dotnet Program.dll", not by its own executable: then the assembly is the first argument.
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
