using static MLNet.Embeddings.CharacterKind;

namespace MLNet.Embeddings;

/// <summary>Texts cut into tokens, each known by a hash of its characters.</summary>
/// <param name="Hashes">Of each token, and of the end of each text.</param>
/// <param name="IsEnd">For each, whether it is the end of a text: one behind the tokens of each.</param>
/// <param name="StartsRun">For each, whether white space is before it; null where nobody asks.</param>
internal sealed record OnnxTokens(OnnxValue Hashes, OnnxValue IsEnd, OnnxValue? StartsRun)
{
    /// <summary>Cuts texts as <see cref="UnicodeTokenizer"/> does; for characters of words, into the characters of what is between spaces.</summary>
    /// <param name="characters">The characters.</param>
    /// <param name="cutting">How they are cut.</param>
    /// <param name="formValues">The value of each form of a character.</param>
    /// <param name="formLengths">The length of each.</param>
    internal static OnnxTokens Of(OnnxCharacters characters, TextCutting cutting, OnnxValue formValues, OnnxValue formLengths)
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
        var offsets = formLengths.At(characters.Forms).CumulativeSum(exclusive: true);
        offsets = (offsets - offsets.At(places).At(number - 1)).Apply("Min", graph.Scalar(TokenHash.Powers.Length - 1L));
        var values = formValues.At(characters.Forms) * graph.Vector(TokenHash.Powers).At(offsets) * isMember.Cast(OnnxType.Int64);
        values = values.CumulativeSum();
        var tokens = places.Slice(1, long.MaxValue);
        var before = values.At(tokens - 1);
        var hashes = before.Slice(1, long.MaxValue).Concat(0, values.Slice(-1, long.MaxValue)) - before;
        OnnxValue? startsRun = cutting.Split == TokenSplit.WordCharacter ? (!isMember).At(tokens - 1) : null;
        isEnd = isEnd.At(tokens);
        return new OnnxTokens(graph.Scalar(TokenHash.End).If(isEnd, hashes), isEnd, startsRun);
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
