using System.Globalization;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>Numbers for characters, which say their <see cref="CharacterKind"/> and, of those that a vocabulary has, which they are.</summary>
/// <remarks>
/// A graph has no operator that gives a character's code, so every character that is no letter of Han stands in a table. Not in it, and so taken for such a
/// letter that no vocabulary has, are those that Unicode has not assigned, and the private ones beyond the first plane.
/// </remarks>
internal static class CharacterTable
{
    /// <summary>The number of a character is its kind and this times the number of its form.</summary>
    internal const int Kinds = 64;

    private static readonly Lazy<(int Point, CharacterKind Kind)[]> All = new(() => [.. Listed().Select(point => (point, KindOf(new Rune(point))))]);

    /// <summary>The table, as LabelEncoder takes it.</summary>
    /// <param name="standardize">Whether texts are lower-cased.</param>
    /// <param name="hasWords">Whether they are cut into words, so that all apostrophes are one.</param>
    /// <param name="forms">The characters that vocabularies have.</param>
    internal static (string[] Characters, long[] Numbers, long Default) Of(bool standardize, bool hasWords, CharacterForms forms)
    {
        List<string> characters = [""];
        List<long> numbers = [Number(CharacterKind.End, CharacterForms.End)];
        long common = Number(CharacterKind.Standalone, CharacterForms.Other);
        var met = new HashSet<int>();
        foreach (var (point, kind) in All.Value) Add(point, kind);
        // Letters of Han are in the table where a vocabulary has them.
        foreach (int point in forms.Points.Where(Rune.IsValid)) Add(point, KindOf(new Rune(point)));
        return ([.. characters], [.. numbers], common);

        void Add(int point, CharacterKind kind)
        {
            if (!met.Add(point)) return;
            var rune = new Rune(point);
            if (!standardize && Characters.IsZeroWidthSpace(rune)) kind = CharacterKind.Symbol;
            // An emoji is never lower-cased, and of the symbols that may be one, only the capital M in a circle could be.
            bool isFolded = standardize && kind != CharacterKind.JoinedSymbol;
            long number = Number(kind, forms.NumberOf(isFolded ? Folded(rune, hasWords) : point));
            if (number == common) return;
            characters.Add(rune.ToString());
            numbers.Add(number);
        }
    }

    internal static long Number(CharacterKind kind, long form) => (long)kind + Kinds * form;

    /// <summary>The character that standardized text has for one: see <see cref="TextForm"/>.</summary>
    private static int Folded(Rune rune, bool hasWords)
    {
        if (rune.Value == 'İ') return 'i';
        if (Characters.IsZeroWidthSpace(rune)) return ' ';
        bool isApostrophe = hasWords && rune.IsBmp && Characters.IsApostrophe((char)rune.Value);
        return isApostrophe ? '\'' : Rune.ToLowerInvariant(rune).Value;
    }

    private static IEnumerable<int> Listed()
    {
        for (int point = 0; point <= 0x1FFFF; point++)
        {
            if (Rune.IsValid(point) && IsListed(new Rune(point))) yield return point;
        }
        // Letters of Han that stand for others.
        for (int point = 0x2F800; point <= 0x2FA1D; point++) yield return point;
        for (int point = 0xE0000; point <= 0xE01EF; point++)
        {
            if (IsListed(new Rune(point))) yield return point;
        }
    }

    private static bool IsListed(Rune rune) =>
        Rune.GetUnicodeCategory(rune) != UnicodeCategory.OtherNotAssigned || Characters.EmojiLength(rune.ToString(), 0) > 0;

    private static CharacterKind KindOf(Rune rune)
    {
        string text = rune.ToString();
        bool isAttached = Characters.ClusterLength("a" + text) > 1;
        switch (rune.Value)
        {
            case '\n': return CharacterKind.LineFeed;
            case '\r': return CharacterKind.CarriageReturn;
            case '\'': return CharacterKind.Apostrophe;
            case '.': return CharacterKind.FullStop;
            case '#': return CharacterKind.NumberSign;
            case '+': return CharacterKind.Plus;
            case '*': return CharacterKind.Asterisk;
            case 0x0307: return CharacterKind.DotAbove;
            case 0x2139: return CharacterKind.Information;
            case 0xFE0F: return CharacterKind.EmojiStyle;
            case 0x20E3: return CharacterKind.Keycap;
            case 0x200C: return CharacterKind.NonJoiner;
            case 0x200D: return CharacterKind.Joiner;
            case >= 0x1F1E6 and <= 0x1F1FF: return CharacterKind.Regional;
        }
        if (rune.IsBmp && Characters.IsApostrophe((char)rune.Value)) return CharacterKind.OtherApostrophe;
        if (Rune.IsWhiteSpace(rune) || Characters.IsZeroWidthSpace(rune)) return CharacterKind.Space;
        if (TextForm.Punctuation.Contains(text[0])) return CharacterKind.Punctuation;
        if (Characters.IsSelector(rune)) return CharacterKind.Selector;
        if (Characters.IsInvisible(rune)) return isAttached ? CharacterKind.Tag : CharacterKind.Invisible;
        if (Characters.IsMark(rune)) return isAttached ? CharacterKind.Mark : CharacterKind.LooseMark;
        if (Characters.IsLetterOrDigit(rune)) return LetterKind(rune, isAttached);
        bool isJoined = Characters.ClusterLength($"\u2764\u200D{text}") == text.Length + 2;
        if (Characters.EmojiLength(text, 0) == 0) return isJoined ? CharacterKind.JoinedSymbol : CharacterKind.Symbol;
        return isAttached ? CharacterKind.SkinTone : isJoined ? CharacterKind.Pictograph : CharacterKind.PlainPictograph;
    }

    private static CharacterKind LetterKind(Rune rune, bool isAttached)
    {
        if (Characters.StandsAlone(rune)) return isAttached ? CharacterKind.StandaloneMark : CharacterKind.Standalone;
        return rune.IsAscii && Rune.IsDigit(rune) ? CharacterKind.Digit : Rune.IsLetter(rune) ? CharacterKind.Letter : CharacterKind.OtherDigit;
    }
}
