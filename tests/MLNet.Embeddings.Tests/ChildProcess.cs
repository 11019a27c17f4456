using System.Diagnostics;

namespace MLNet.Embeddings.Tests;

/// <summary>Runs a built program to its end and takes what it prints.</summary>
internal sealed record ChildProcess(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs <c>dotnet ASSEMBLY ARGUMENTS</c>.</summary>
    internal static ChildProcess Run(string assembly, params IEnumerable<string> arguments) => RunWithout(null, assembly, arguments);

    /// <summary>Runs it with one kind of instructions switched off, as "EnableAVX512": a setting of the runtime.</summary>
    internal static ChildProcess RunWithout(string? instructions, string assembly, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments.Prepend(assembly)) start.ArgumentList.Add(argument);
        if (instructions is not null) start.Environment[$"DOTNET_{instructions}"] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ChildProcess(process.ExitCode, output, errors.Result);
    }

    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
