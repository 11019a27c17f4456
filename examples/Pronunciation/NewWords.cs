namespace Pronunciation;

/// <summary>Words that no dictionary has: names, and words made up.</summary>
internal static class NewWords
{
    internal static Word[] All { get; } =
    [
        .. new[] { "embeddings", "tokenizer", "kubernetes", "brillig", "phlogiston", "quixtober", "snowthrower", "wobblesworth", "cheeze", "knighthawk" }
            .Select(spelling => new Word { Spelling = spelling }),
    ];
}
