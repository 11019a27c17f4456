using static MLNet.Embeddings.CharacterKind;

namespace MLNet.Embeddings;

/// <summary>Brings characters to the form that is cut into tokens, as <see cref="TextForm"/> does: what it leaves out is gone, emoji are found.</summary>
/// <param name="Kinds">The kind of each character, <see cref="End"/> before the first text and behind each.</param>
/// <param name="Forms">Which character it is, as in <see cref="CharacterForms"/>.</param>
internal sealed record OnnxCharacters(OnnxValue Kinds, OnnxValue Forms)
{
    private static readonly CharacterKind[] Attached =
        [Mark, StandaloneMark, DotAbove, SkinTone, EmojiStyle, Selector, Keycap, Joiner, NonJoiner, Tag];

    private static readonly CharacterKind[] Joinable = [Pictograph, JoinedSymbol, Information];

    /// <summary>For each character, whether it belongs to the one before it, in the sense of what a reader takes for one.</summary>
    internal OnnxValue IsAttached => Kinds.In([.. Attached, AttachedEmoji, EmojiPart]);

    /// <summary>The characters in the form.</summary>
    /// <param name="numbers">The numbers of the characters of all texts, ends included.</param>
    /// <param name="cutting">How the texts are cut.</param>
    internal static OnnxCharacters Of(OnnxValue numbers, TextCutting cutting)
    {
        var graph = numbers.Graph;
        var given = new OnnxCharacters(numbers % CharacterTable.Kinds, numbers / CharacterTable.Kinds);
        var hasRare = given.Kinds.Reduce("Max", 0) > graph.Scalar((long)FirstRare - 1);
        var (rare, plain) = (new OnnxGraph("rare", graph), new OnnxGraph("plain", graph));
        var (inside, outside) = (given.In(rare), given.In(plain));
        inside.WithEmoji(cutting.Standardize).Return();
        outside.Return();
        var results = graph.ApplyAll(OnnxDomains.Standard, "If", [hasRare], [true, true], ("then_branch", rare), ("else_branch", plain));
        return new OnnxCharacters(results[0], results[1]).WithoutPunctuation(cutting);
    }

    /// <summary>Those for which a condition holds.</summary>
    internal OnnxCharacters Where(OnnxValue condition) => new(Kinds.Where(condition), Forms.Where(condition));

    private OnnxCharacters In(OnnxGraph graph) => new(graph.Value(Kinds.Name), graph.Value(Forms.Name));

    private void Return()
    {
        var graph = Kinds.Graph;
        // An extent of the same name is taken for the same number.
        graph.Output(Kinds, graph.NewName("kinds"), OnnxType.Int64, graph.NewName("characters"));
        graph.Output(Forms, graph.NewName("forms"), OnnxType.Int64, graph.NewName("characters"));
    }

    private OnnxCharacters WithoutPunctuation(TextCutting cutting)
    {
        bool hasWords = cutting.Split is TokenSplit.Word or TokenSplit.WordCharacter;
        return hasWords || !cutting.Standardize ? this : Where(!Kinds.In(Punctuation, Apostrophe, FullStop, NumberSign, Plus, Asterisk));
    }

    private OnnxCharacters WithEmoji(bool standardize)
    {
        var attaches = Attaches();
        var starts = StartsEmoji();
        // An emoji begins at the first such character of a run of characters that belong together, and goes on to its end.
        var count = starts.Count();
        var countBefore = (count - starts.Cast(OnnxType.Int64)).At((!attaches).LastPlace());
        var isEmoji = count > countBefore;
        var isFirst = starts & (count - countBefore).Is(1);
        var goesOn = isEmoji.Behind(false) & !isFirst.Behind(false) & attaches.Behind(false);
        var isJoiner = Kinds.In(Joiner, NonJoiner);
        var graph = Kinds.Graph;
        var first = graph.Scalar((long)AttachedEmoji).If(attaches, graph.Scalar((long)Emoji));
        var kinds = first.If(isFirst, graph.Scalar((long)EmojiPart).If(isEmoji, Kinds));
        var keptOutside = standardize ? IsKept() : !Kinds.In(Invisible, Tag) & (!isJoiner | IsJoinedLetter());
        var kept = isEmoji & (!isJoiner | goesOn) | !isEmoji & keptOutside;
        return new OnnxCharacters(kinds, Forms).Where(kept);
    }

    private OnnxValue IsKept()
    {
        var isLost = Kinds.In(EmojiStyle, Selector, Joiner, NonJoiner, Tag, Invisible);
        // Of a small i, which a capital one with a dot becomes as well.
        var isDot = Kinds.Is((long)DotAbove) & Forms.Before(0L).Is(Kinds.Graph.Scalar(CharacterForms.SmallI));
        return !(isLost | isDot);
    }

    /// <summary>Whether a letter or mark is before, and a letter behind.</summary>
    private OnnxValue IsJoinedLetter() =>
        Kinds.In(Letter, Digit, OtherDigit, Standalone, StandaloneMark, Information, Mark, LooseMark, DotAbove, EmojiStyle, Selector, Keycap).Before(false)
        & Kinds.In(Letter, Digit, OtherDigit, Standalone, StandaloneMark, Information).Behind(false);

    /// <summary>Whether a character belongs to the one before it, if that is an emoji: UAX 29, GB9, GB11 and GB12.</summary>
    private OnnxValue Attaches()
    {
        var attached = IsAttached;
        var joinable = Kinds.In(Joinable);
        var isBehindJoiner = Kinds.Is((long)Joiner).Before(false);
        var joined = joinable & isBehindJoiner & joinable.At((!attached).LastPlace()).Before(false);
        var regional = Kinds.Is((long)Regional);
        var inRun = regional & regional.Before(false);
        var second = inRun & ((Kinds.Places() - (!inRun).LastPlace()) % 2).Is(1);
        return attached | joined | second;
    }

    private OnnxValue StartsEmoji()
    {
        var style = Kinds.Is((long)EmojiStyle);
        var keycap = Kinds.Is((long)Keycap);
        var styled = Kinds.In(Symbol, JoinedSymbol, OtherApostrophe, Information) & style.Behind(false);
        var capped = Kinds.In(Digit, NumberSign, Asterisk) & (keycap.Behind(false) | style.Behind(false) & keycap.Behind(false).Behind(false));
        return Kinds.In(Pictograph, PlainPictograph, SkinTone, Regional) | styled | capped;
    }
}
