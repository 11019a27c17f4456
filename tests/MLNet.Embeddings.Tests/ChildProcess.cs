using System.Diagnostics;

namespace MLNet.Embeddings.Tests;

/// <summary>Runs a program to its end and takes what it prints.</summary>
internal sealed record ChildProcess(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs <c>dotnet ASSEMBLY ARGUMENTS</c>.</summary>
    internal static ChildProcess Run(string assembly, params IEnumerable<string> arguments) => RunWithout(null, assembly, arguments);

    /// <summary>Runs it with one kind of instructions switched off, as "EnableAVX512": a setting of the runtime.</summary>
    internal static ChildProcess RunWithout(string? instructions, string assembly, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments.Prepend(assembly));
        if (instructions is not null) start.Environment[$"DOTNET_{instructions}"] = "0";
        return Run(start);
    }

    /// <summary>Runs any program in a folder.</summary>
    internal static ChildProcess RunIn(string folder, string program, params IEnumerable<string> arguments) =>
        Run(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder });

    /// <summary>Runs any program and gives it texts to read.</summary>
    internal static ChildProcess RunWithInput(string input, string program, params IEnumerable<string> arguments) =>
        Run(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true }, input);

    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ChildProcess Run(ProcessStartInfo start, string? input = null)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        // What starts the tests tells its MSBuild and its SDK by variables, which are not for others.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null) _ = WriteAsync(process.StandardInput, input);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ChildProcess(process.ExitCode, output, errors.Result);
    }

    private static async Task WriteAsync(StreamWriter writer, string input)
    {
        // A program that ends before it has read all breaks the pipe.
        try
        {
            await using (writer) await writer.WriteAsync(input);
        }
        catch (IOException)
        {
        }
    }
}
