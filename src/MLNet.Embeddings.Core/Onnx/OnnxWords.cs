using static MLNet.Embeddings.CharacterKind;

namespace MLNet.Embeddings;

/// <summary>Finds words and what else is a token among characters: the rules of <see cref="UnicodeTokenizer"/>, for all characters at once.</summary>
internal static class OnnxWords
{
    /// <summary>For each character, whether it is part of a token, and whether one begins with it.</summary>
    internal static (OnnxValue IsMember, OnnxValue Starts) Of(OnnxCharacters characters, bool standardize)
    {
        var kinds = characters.Kinds;
        var isAttached = characters.IsAttached;
        // What characters belong to that are attached to others: a letter, an emoji, a symbol.
        var owners = (!isAttached & !kinds.In(LooseMark)).LastPlace();
        var inWord = InWord(kinds, owners, standardize);
        var inEmoji = kinds.In(Emoji, AttachedEmoji, EmojiPart);
        var owns = standardize ? kinds.In(Standalone, StandaloneMark) : !kinds.In(End, Space, LineFeed, CarriageReturn) & !inWord;
        var belongs = isAttached & !inWord & owns.At(owners);
        var isLetter = standardize ? kinds.In(Standalone, StandaloneMark) : owns;
        var other = (isLetter | belongs) & !inWord & !inEmoji;
        var startsEmoji = kinds.In(Emoji, AttachedEmoji) & !belongs;
        var starts = inWord & !inWord.Before(false) | startsEmoji | other & !(belongs & (other | inEmoji).Before(false));
        return (inWord | inEmoji | other, starts);
    }

    private static OnnxValue InWord(OnnxValue kinds, OnnxValue owners, bool standardize)
    {
        var starts = kinds.In(Letter, Digit, OtherDigit, Information);
        var startsNext = starts.Behind(false);
        var basic = starts | Signs(kinds, startsNext);
        OnnxValue marks = standardize
            ? kinds.In(Mark, LooseMark, DotAbove, Keycap)
            : kinds.In(Mark, LooseMark, DotAbove, Keycap, EmojiStyle, Selector, Joiner, NonJoiner);
        basic = basic | marks & basic.At(owners);
        var apostrophes = kinds.In(Apostrophe, OtherApostrophe) & basic.Before(false) & startsNext;
        return basic | apostrophes | FullStops(kinds, basic, basic | apostrophes, starts);
    }

    /// <summary>Signs # and + right behind a letter, but for a single one before another word.</summary>
    private static OnnxValue Signs(OnnxValue kinds, OnnxValue startsNext)
    {
        var isSign = kinds.In(NumberSign, Plus);
        var repeats = isSign & kinds.Is(kinds.Before((long)End));
        var isSingle = !repeats.Behind(false);
        var begins = isSign & kinds.In(Letter, Information).Before(false) & !(isSingle & startsNext);
        return isSign & begins.At((!repeats).LastPlace());
    }

    /// <summary>Full stops between digits, and between letters on their own.</summary>
    private static OnnxValue FullStops(OnnxValue kinds, OnnxValue basic, OnnxValue inWord, OnnxValue starts)
    {
        var isStop = kinds.Is((long)FullStop);
        var digits = kinds.Is((long)Digit);
        var (digitBefore, digitBehind) = (digits.Before(false), digits.Behind(false));
        var isAlone = (isStop | !inWord).Before(true).Before(true) & !starts.Behind(false).Behind(false);
        var joins = digitBefore & digitBehind | !(digitBefore | digitBehind) & isAlone;
        return isStop & basic.Before(false) & starts.Behind(false) & joins;
    }
}
