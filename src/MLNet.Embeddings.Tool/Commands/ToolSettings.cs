using System.ComponentModel;
using Spectre.Console;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>What every command may be told.</summary>
internal class ToolSettings : CommandSettings
{
    [CommandOption("-q|--quiet")]
    [Description("Show results and errors only.")]
    public bool Quiet { get; init; }

    [CommandOption("--verbose")]
    [Description("Show where an error came from.")]
    public bool Verbose { get; init; }
}

/// <summary>How a file is read, where it should not be found out.</summary>
internal class ReadingSettings : ToolSettings
{
    [CommandOption("--separator <CHARACTER>")]
    [Description("What is between fields: a character, or tab. Found in the file if left out.")]
    public string? Separator { get; init; }

    [CommandOption("--header <YES|NO>")]
    [Description("Whether the first row has the names of the columns. Found in the file if left out.")]
    public string? Header { get; init; }

    [CommandOption("--quotes <YES|NO>")]
    [Description("Whether double quotes may enclose fields; no: they are part of the text. Found in the file if left out.")]
    public string? Quotes { get; init; }

    [CommandOption("--decimal <CHARACTER>")]
    [Description("The mark before decimals, a point or a comma. Found in the file if left out.")]
    public string? Decimal { get; init; }

    [CommandOption("--encoding <NAME>")]
    [Description("The encoding of the file, as latin1; UTF-8, or what a byte order mark says, if left out.")]
    public string? Encoding { get; init; }

    /// <summary>How the file is read.</summary>
    internal TableOptions Reading => new()
    {
        Separator = Separator switch { null => null, "tab" or "\\t" => '\t', var text => text[0] },
        HasHeader = IsYes(Header),
        Quoted = IsYes(Quotes),
        DecimalSeparator = Decimal?[0],
        Encoding = Encoding is null ? null : System.Text.Encoding.GetEncoding(Encoding),
    };

    public override ValidationResult Validate()
    {
        if (Separator is not (null or "tab" or "\\t") && Separator.Length != 1)
            return ValidationResult.Error($"--separator must be one character, or tab; it was '{Separator}'.");
        foreach (var (option, given) in new[] { ("--header", Header), ("--quotes", Quotes) })
        {
            if (given is not null && IsYes(given) is null) return ValidationResult.Error($"{option} must be yes or no; it was '{given}'.");
        }
        if (Decimal is not (null or "." or ",")) return ValidationResult.Error($"--decimal must be . or ,; it was '{Decimal}'.");
        return IsEncoding(Encoding) ? ValidationResult.Success()
            : ValidationResult.Error($"--encoding '{Encoding}' is not known; use utf-8, utf-16 or latin1.");
    }

    private static bool? IsYes(string? answer) => answer?.ToLowerInvariant() switch { "yes" => true, "no" => false, _ => null };

    private static bool IsEncoding(string? name)
    {
        try
        {
            return name is null || System.Text.Encoding.GetEncoding(name) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
