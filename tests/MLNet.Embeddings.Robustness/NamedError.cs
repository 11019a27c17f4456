using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings.Robustness;

/// <summary>Whether an error is one that the documentation names, and says what is wrong and what to do.</summary>
internal static partial class NamedError
{
    /// <summary>The exception behind those that reflection puts around it.</summary>
    internal static Exception Of(Exception exception) => exception is TargetInvocationException { InnerException: { } inner } ? Of(inner) : exception;

    /// <summary>Whether it is of a type that the library throws on purpose.</summary>
    internal static bool IsNamed(Exception exception) =>
        exception is ArgumentException or FormatException or NotSupportedException or OperationCanceledException or IOException
        || exception.GetType() == typeof(InvalidOperationException);

    /// <returns>What the error lacks; null if nothing.</returns>
    /// <param name="exception">The error.</param>
    /// <param name="words">What its message must hold.</param>
    internal static string? Fault(Exception exception, params IEnumerable<string> words)
    {
        var error = Of(exception);
        if (!IsNamed(error)) return Describe(error);
        foreach (string word in words)
        {
            if (!error.Message.Contains(word, StringComparison.Ordinal)) return $"The error does not say {word}: {error.Message}";
        }
        return Cure().IsMatch(error.Message) ? null : $"The error names no cure: {error.Message}";
    }

    /// <summary>Type, message and the place that threw it.</summary>
    internal static string Describe(Exception exception)
    {
        var error = Of(exception);
        var places = new StackTrace(error).GetFrames().Select(frame => frame.GetMethod()).OfType<MethodBase>()
            .Where(method => method.DeclaringType?.Namespace?.StartsWith("System", StringComparison.Ordinal) != true).Take(2);
        return $"{error.GetType().Name}: {error.Message} At {string.Join(" < ", places.Select(method => $"{method.DeclaringType?.Name}.{method.Name}"))}.";
    }

    [GeneratedRegex(
        @"\b(use|convert|check|make|index|name|leave|lower|load|fit|give|correct|must|needs?|needed|remove|replace|set|filter|add|read|take|expected)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Cure();
}
