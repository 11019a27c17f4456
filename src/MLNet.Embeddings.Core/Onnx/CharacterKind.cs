namespace MLNet.Embeddings;

/// <summary>What a character is to a graph that cuts texts: the rules of <see cref="Characters"/> and <see cref="UnicodeTokenizer"/> as kinds.</summary>
/// <remarks>Texts without any kind from <see cref="FirstRare"/> on need no look at marks, emoji and invisible characters.</remarks>
internal enum CharacterKind
{
    /// <summary>No character: the end of a text.</summary>
    End,

    /// <summary>White space.</summary>
    Space,

    /// <summary>The line feed, which is one character with a carriage return before it.</summary>
    LineFeed,

    /// <summary>The carriage return.</summary>
    CarriageReturn,

    /// <summary>What none of the others is.</summary>
    Symbol,

    /// <summary>Punctuation of ASCII, but for that of the next kinds.</summary>
    Punctuation,

    /// <summary>The apostrophe of ASCII.</summary>
    Apostrophe,

    /// <summary>Another apostrophe.</summary>
    OtherApostrophe,

    /// <summary>The full stop.</summary>
    FullStop,

    /// <summary>The sign #.</summary>
    NumberSign,

    /// <summary>The sign +.</summary>
    Plus,

    /// <summary>The sign *, which may be a keycap.</summary>
    Asterisk,

    /// <summary>A letter of a word.</summary>
    Letter,

    /// <summary>A digit of ASCII.</summary>
    Digit,

    /// <summary>Another digit.</summary>
    OtherDigit,

    /// <summary>A letter of a script that is written without spaces: a token of its own.</summary>
    Standalone,

    /// <summary>Such a letter that belongs to the one before it, as the Thai AM.</summary>
    StandaloneMark,

    /// <summary>A mark that belongs to the letter before it.</summary>
    Mark,

    /// <summary>A mark that stands by itself where letters are counted.</summary>
    LooseMark,

    /// <summary>The dot above, which a small i loses.</summary>
    DotAbove,

    /// <summary>A pictograph that others may be joined to.</summary>
    Pictograph,

    /// <summary>A pictograph that cannot be joined.</summary>
    PlainPictograph,

    /// <summary>A symbol that may be joined to pictographs.</summary>
    JoinedSymbol,

    /// <summary>The letter of information, which is an emoji in emoji style.</summary>
    Information,

    /// <summary>A skin tone.</summary>
    SkinTone,

    /// <summary>Half of a flag.</summary>
    Regional,

    /// <summary>The selector of emoji style.</summary>
    EmojiStyle,

    /// <summary>Another selector.</summary>
    Selector,

    /// <summary>The keycap around a digit.</summary>
    Keycap,

    /// <summary>The zero width joiner.</summary>
    Joiner,

    /// <summary>The zero width non-joiner.</summary>
    NonJoiner,

    /// <summary>Part of a flag's name.</summary>
    Tag,

    /// <summary>Another invisible character.</summary>
    Invisible,

    /// <summary>The first character of an emoji; no character is of this kind, texts are brought to it.</summary>
    Emoji,

    /// <summary>The same, of one that belongs to a letter before it, if any: a skin tone.</summary>
    AttachedEmoji,

    /// <summary>Another character of an emoji.</summary>
    EmojiPart,

    /// <summary>How many kinds there are.</summary>
    Count,

    /// <summary>The first kind that plain texts do not have.</summary>
    FirstRare = StandaloneMark,
}
