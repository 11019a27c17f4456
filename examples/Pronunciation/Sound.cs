namespace Pronunciation;

/// <summary>A part of a generated word: letters, and what they sound like.</summary>
/// <param name="Letters">The letters.</param>
/// <param name="Phonemes">Their sound; empty if they are silent.</param>
internal sealed record Sound(string Letters, string Phonemes)
{
    /// <summary>What a syllable may begin with.</summary>
    internal static Sound[] Onsets { get; } =
    [
        new("b", "B"), new("ch", "CH"), new("d", "D"), new("f", "F"), new("ph", "F"), new("g", "G"), new("h", "HH"), new("j", "JH"), new("k", "K"),
        new("kn", "N"), new("l", "L"), new("m", "M"), new("n", "N"), new("p", "P"), new("qu", "K W"), new("r", "R"), new("wr", "R"), new("s", "S"),
        new("sh", "SH"), new("st", "S T"), new("t", "T"), new("th", "TH"), new("tr", "T R"), new("v", "V"), new("w", "W"), new("y", "Y"),
        new("z", "Z"), new("bl", "B L"), new("br", "B R"), new("fl", "F L"), new("gr", "G R"), new("pl", "P L"),
    ];

    /// <summary>Pairs of letters with one long sound.</summary>
    internal static Sound[] LongVowels { get; } =
    [
        new("ai", "EY"), new("ay", "EY"), new("ea", "IY"), new("ee", "IY"), new("igh", "AY"), new("oa", "OW"), new("oo", "UW"), new("ou", "AW"),
        new("oy", "OY"), new("aw", "AO"),
    ];

    /// <summary>A vowel on its own is short, and long before one consonant and a silent e.</summary>
    internal static (char Letter, string Short, string Long)[] Vowels { get; } =
        [('a', "AE", "EY"), ('e', "EH", "IY"), ('i', "IH", "AY"), ('o', "AA", "OW"), ('u', "AH", "UW")];

    /// <summary>What a syllable may end with.</summary>
    internal static Sound[] Codas { get; } =
    [
        new("b", "B"), new("d", "D"), new("ff", "F"), new("g", "G"), new("ck", "K"), new("ll", "L"), new("m", "M"), new("n", "N"), new("ng", "NG"),
        new("nt", "N T"), new("p", "P"), new("r", "R"), new("ss", "S"), new("st", "S T"), new("t", "T"), new("tch", "CH"), new("x", "K S"),
        new("sh", "SH"),
    ];

    /// <summary>Single consonants that may stand before a silent e.</summary>
    internal static Sound[] BeforeSilentE { get; } =
        [new("d", "D"), new("k", "K"), new("l", "L"), new("m", "M"), new("n", "N"), new("p", "P"), new("t", "T"), new("v", "V"), new("c", "S"), new("g", "JH")];
}
