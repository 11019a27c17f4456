using static MLNet.Embeddings.CharacterKind;

namespace MLNet.Embeddings;

/// <summary>Texts cut into tokens, each known by a hash of its characters.</summary>
/// <param name="Hashes">Of each token, and of the end of each text.</param>
/// <param name="IsEnd">For each, whether it is the end of a text: one behind the tokens of each.</param>
/// <param name="StartsRun">For each, whether white space is before it; null where nobody asks.</param>
internal sealed record OnnxTokens(OnnxValue Hashes, OnnxValue IsEnd, OnnxValue? StartsRun)
{
    /// <summary>The hash of the end of a text.</summary>
    internal const long EndHash = 0;

    /// <summary>Cuts texts as <see cref="UnicodeTokenizer"/> does; for characters of words, into the characters of what is between spaces.</summary>
    /// <param name="characters">The characters.</param>
    /// <param name="cutting">How they are cut.</param>
    /// <param name="hashing">How tokens are hashed.</param>
    internal static OnnxTokens Of(OnnxCharacters characters, TextCutting cutting, OnnxHashing hashing)
    {
        var (isMember, starts) = cutting.Split switch
        {
            TokenSplit.Word => OnnxWords.Of(characters, cutting.Standardize),
            TokenSplit.Whitespace => Runs(characters),
            TokenSplit.WordCharacter => Clusters(characters, isMember: !characters.Kinds.In(End, Space, LineFeed, CarriageReturn)),
            _ => Clusters(characters, isMember: !characters.Kinds.Is((long)End) & HasMore(characters)),
        };
        var isEnd = characters.Kinds.Is((long)End);
        // The end before the first text is the first token of all, and left out.
        starts = starts | isEnd;
        var number = starts.Count();
        var places = starts.Indices();
        var graph = number.Graph;
        var lengths = hashing.Lengths.At(characters.Forms);
        var offsets = lengths.CumulativeSum(exclusive: true);
        // A mark counts at the place of its letter.
        var inToken = offsets - offsets.At(places).At(number - 1) - lengths.Is(0).Cast(OnnxType.Int64);
        var powers = hashing.Powers.At(inToken.Apply("Max", graph.Scalar(0L)).Apply("Min", graph.Scalar(hashing.Places - 1L)));
        var values = (hashing.Values.At(characters.Forms) * powers * isMember.Cast(OnnxType.Int64)).CumulativeSum();
        var tokens = places.Slice(1, long.MaxValue);
        var before = values.At(tokens - 1);
        var hashes = before.Slice(1, long.MaxValue).Concat(0, values.Slice(-1, long.MaxValue)) - before;
        OnnxValue? startsRun = cutting.Split == TokenSplit.WordCharacter ? (!isMember).At(tokens - 1) : null;
        isEnd = isEnd.At(tokens);
        return new OnnxTokens(graph.Scalar(EndHash).If(isEnd, hashes), isEnd, startsRun);
    }

    private static (OnnxValue IsMember, OnnxValue Starts) Runs(OnnxCharacters characters)
    {
        var isMember = !characters.Kinds.In(End, Space, LineFeed, CarriageReturn);
        return (isMember, isMember & !isMember.Before(false));
    }

    private static (OnnxValue IsMember, OnnxValue Starts) Clusters(OnnxCharacters characters, OnnxValue isMember)
    {
        var attaches = characters.IsAttached | characters.Kinds.Is((long)LineFeed) & characters.Kinds.Is((long)CarriageReturn).Before(false);
        return (isMember, isMember & !(attaches & isMember.Before(false)));
    }

    /// <summary>For each character, whether its text has anything but white space.</summary>
    private static OnnxValue HasMore(OnnxCharacters characters)
    {
        var isEnd = characters.Kinds.Is((long)End);
        var text = (isEnd.Cast(OnnxType.Int64).CumulativeSum(exclusive: true) - 1).Apply("Max", isEnd.Graph.Scalar(0L));
        var counts = (!characters.Kinds.In(End, Space, LineFeed, CarriageReturn)).Count().At(isEnd.Indices());
        var more = counts.Slice(1, long.MaxValue) > counts.Slice(0, -1);
        return more.At(text);
    }
}

/// <summary>How tokens are hashed: see <see cref="CharacterForms"/>.</summary>
/// <param name="Values">The value of each character.</param>
/// <param name="Lengths">How many places of a token it takes.</param>
/// <param name="Powers">What a character at each place is multiplied with.</param>
/// <param name="Places">How many places there are.</param>
internal sealed record OnnxHashing(OnnxValue Values, OnnxValue Lengths, OnnxValue Powers, int Places);
