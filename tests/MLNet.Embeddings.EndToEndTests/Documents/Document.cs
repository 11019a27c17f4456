using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MLNet.Embeddings.Tests;

/// <summary>A page of the documentation: its blocks of code, by the section that they stand in, and its links.</summary>
internal sealed class Document
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    private readonly MarkdownDocument _markdown;

    /// <param name="path">Path of the file in the repository.</param>
    internal Document(string path)
    {
        Path = path;
        _markdown = Markdown.Parse(File.ReadAllText(Repository.Path(path)).Replace("\r\n", "\n", StringComparison.Ordinal), Pipeline);
    }

    /// <summary>All pages for users and developers.</summary>
    internal static string[] All { get; } =
        ["README.md", .. Directory.EnumerateFiles(Repository.Path("docs"), "*.md").Select(file => $"docs/{System.IO.Path.GetFileName(file)}").Order()];

    internal string Path { get; }

    /// <summary>Where its links lead to.</summary>
    internal IEnumerable<string> Links => _markdown.Descendants<LinkInline>().Select(link => link.Url!);

    /// <summary>The texts that are set as code within sentences.</summary>
    internal IEnumerable<string> InlineCode => _markdown.Descendants<CodeInline>().Select(code => code.Content);

    /// <summary>All blocks of code, in their order.</summary>
    internal IReadOnlyList<CodeBlock> Blocks
    {
        get
        {
            List<CodeBlock> blocks = [];
            string section = "", note = "";
            foreach (var block in _markdown)
            {
                if (block is HeadingBlock { Level: 2, Inline: { } title }) section = string.Concat(title.Select(part => part.ToString()));
                if (block is FencedCodeBlock code) blocks.Add(new(section, code.Info ?? "", code.Lines.ToString(), note));
                // A comment in front of a block says what the tests may do with it.
                note = block is HtmlBlock comment ? comment.Lines.ToString().Trim() : "";
            }
            return blocks;
        }
    }
}

/// <summary>A block of code.</summary>
/// <param name="Section">The heading above it; empty in front of the first.</param>
/// <param name="Language">What it is written in, as csharp.</param>
/// <param name="Code">The code.</param>
/// <param name="Note">The comment in front of it; empty if there is none.</param>
internal sealed record CodeBlock(string Section, string Language, string Code, string Note)
{
    /// <summary>Whether it may be compiled and run.</summary>
    internal bool IsRun => Language == "csharp" && Note.Length == 0;

    /// <summary>Whether it is a whole program, to be compiled and run apart from the others.</summary>
    internal bool IsProgram => Language == "csharp" && Note is "<!-- a program of its own -->";

    /// <summary>Whether it may be compiled, and not run, as it would not end.</summary>
    internal bool IsCompiled => Language == "csharp" && Note is "<!-- compiled, not run -->";
}
