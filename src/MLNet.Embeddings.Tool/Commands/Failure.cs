using System.Reflection;
using System.Text.RegularExpressions;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>Says why a command ended, in one sentence on standard error.</summary>
internal static partial class Failure
{
    /// <summary>Says why; returns the exit code.</summary>
    internal static int Report(Exception error, string[] arguments)
    {
        var (message, code) = error.GetBaseException() is OperationCanceledException ? ("Cancelled.", ExitCodes.Cancelled) : Describe(error, arguments);
        Console.Error.WriteLine(message);
        if (arguments.Contains("--verbose")) Console.Error.WriteLine(error);
        return code;
    }

    private static (string Message, int Code) Describe(Exception error, string[] arguments) => UserFault(error) ?? error switch
    {
        CommandParseException or CommandRuntimeException { InnerException: null } =>
            ($"{AsSentence(error.Message)}{SuggestionFor(error.Message, arguments)}", ExitCodes.BadInput),
        CommandRuntimeException => Describe(error.InnerException!, arguments),
        FormatException or ArgumentException or InvalidOperationException or FileNotFoundException or DirectoryNotFoundException
            or NotSupportedException => (Parameter().Replace(error.Message, ""), ExitCodes.BadInput),
        IOException or UnauthorizedAccessException => (error.Message, ExitCodes.Failed),
        _ => ($"{error.GetBaseException().Message} (--verbose shows where this comes from.)", ExitCodes.Failed),
    };

    /// <summary>What somebody meant who mistyped an option or a command; else where help is.</summary>
    private static string SuggestionFor(string message, string[] arguments)
    {
        string? command = arguments.FirstOrDefault(ToolCommands.Settings.ContainsKey);
        string? option = arguments.Where(argument => argument.StartsWith("--", StringComparison.Ordinal)).Select(argument => argument.Split('=')[0])
            .FirstOrDefault(name => message.Contains($"'{name[2..]}'", StringComparison.Ordinal));
        if (command is not null && option is not null)
        {
            string near = Suggestion.For(option, OptionsOf(ToolCommands.Settings[command]));
            if (near.Length > 0) return near;
        }
        if (command is null && arguments.FirstOrDefault(argument => !argument.StartsWith('-')) is { } unknown)
        {
            string near = Suggestion.For(unknown, ToolCommands.Settings.Keys);
            if (near.Length > 0) return near;
        }
        return $" See mlnet-embeddings {(command is null ? "" : $"{command} ")}--help.";
    }

    private static IEnumerable<string> OptionsOf(Type settings) =>
        from property in settings.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        let option = property.GetCustomAttribute<CommandOptionAttribute>()
        where option is not null
        from name in option.LongNames
        select $"--{name}";

    private static string AsSentence(string message) => message.TrimEnd() is var text && text.EndsWith('.') ? text : $"{text}.";

    /// <summary>What is said of a file or an argument, wherever it was found; null where nothing is.</summary>
    private static (string Message, int Code)? UserFault(Exception? error) => error switch
    {
        null => null,
        TableFormatException or UserException => (error.Message, ExitCodes.BadInput),
        _ => UserFault(error.InnerException),
    };

    /// <summary>The name of a parameter in a message, which is one of the library's.</summary>
    [GeneratedRegex(@" \(Parameter '[^']*'\)")]
    private static partial Regex Parameter();
}

/// <summary>What the tool ends with.</summary>
internal static class ExitCodes
{
    /// <summary>All was done.</summary>
    internal const int Done = 0;

    /// <summary>Something failed at work, as a full disk.</summary>
    internal const int Failed = 1;

    /// <summary>The arguments or the data must be put right.</summary>
    internal const int BadInput = 2;

    /// <summary>It was cancelled; of training, the best model so far is written.</summary>
    internal const int Cancelled = 130;
}
