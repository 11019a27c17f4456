using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The columns that a fitted encoder-decoder adds.</summary>
internal static class OutputColumns
{
    internal const string Tokens = ".Tokens", LogProbability = ".LogProbability", TargetTokens = ".TargetTokens";
    internal const string TargetLogProbability = ".TargetLogProbability";

    /// <param name="output">Name of the column of decoded text; the others' begin with it.</param>
    /// <param name="terms">The target's terms.</param>
    /// <param name="alternatives">How many outputs are given out.</param>
    /// <param name="attends">Whether the network has attention.</param>
    /// <param name="hasTarget">Whether the input has the target.</param>
    internal static IReadOnlyList<OutputColumn> Of(string output, TargetTerms terms, int alternatives, bool attends, bool hasTarget)
    {
        List<OutputColumn> columns =
        [
            new(output, TextDataViewType.Instance, DecodedColumns.Outputs, row => Text(row, terms)) { IsScore = true },
            new(output + Tokens, terms.KeysType, DecodedColumns.Outputs, row => Keys(() => Best(row))) { Terms = terms.Terms },
            new(output + LogProbability, NumberDataViewType.Single, DecodedColumns.Outputs, BestLogProbability) { IsScore = true },
        ];
        if (alternatives > 1)
        {
            var texts = new VectorDataViewType(TextDataViewType.Instance, alternatives);
            var scores = new VectorDataViewType(NumberDataViewType.Single, alternatives);
            columns.Add(new(output + ".Alternatives", texts, DecodedColumns.Outputs, row => Alternatives(row, terms, alternatives)) { IsScore = true });
            columns.Add(new(output + ".AlternativeScores", scores, DecodedColumns.Outputs, row => Scores(row, alternatives)) { IsScore = true });
        }
        if (attends)
        {
            columns.Add(new(
                output + ".Attention", new VectorDataViewType(NumberDataViewType.Single), DecodedColumns.Outputs | DecodedColumns.Attention, Attention));
        }
        if (hasTarget)
        {
            columns.Add(new(output + TargetTokens, terms.KeysType, DecodedColumns.TargetTokens, row => Keys(() => row.Target)) { Terms = terms.Terms });
            columns.Add(new(output + TargetLogProbability, NumberDataViewType.Single, DecodedColumns.TargetLogProbability, GivenLogProbability));
        }
        return columns;
    }

    /// <summary>The column of the encoder's last states.</summary>
    internal static OutputColumn States(string name, int size) =>
        new(name, new VectorDataViewType(NumberDataViewType.Single, size), DecodedColumns.State, State) { IsFeatures = true };

    private static ValueGetter<VBuffer<float>> State(IDecodedRow row) => (ref VBuffer<float> value) =>
    {
        var (decoder, place) = row.Get(DecodedColumns.State);
        FeaturesColumn.Fill(decoder.State(place), ref value);
    };

    /// <summary>Gives keys of the current row; valid until the next row.</summary>
    private delegate ReadOnlySpan<int> KeysOfRow();

    /// <summary>The keys of the best output; none for an empty source.</summary>
    private static ReadOnlySpan<int> Best(IDecodedRow row) =>
        row.Get(DecodedColumns.Outputs) is var (decoder, place) && decoder.Outputs.Count(place) > 0 ? decoder.Outputs.Keys(place, 0) : [];

    private static ValueGetter<ReadOnlyMemory<char>> Text(IDecodedRow row, TargetTerms terms) =>
        (ref ReadOnlyMemory<char> value) => value = terms.TextOf(Best(row));

    private static ValueGetter<VBuffer<uint>> Keys(KeysOfRow keys) => (ref VBuffer<uint> value) =>
    {
        var given = keys();
        var editor = VBufferEditor.Create(ref value, given.Length);
        for (int i = 0; i < given.Length; i++) editor.Values[i] = (uint)given[i];
        value = editor.Commit();
    };

    private static ValueGetter<float> BestLogProbability(IDecodedRow row) => (ref float value) =>
    {
        var (decoder, place) = row.Get(DecodedColumns.Outputs);
        value = decoder.Outputs.Count(place) > 0 ? (float)decoder.Outputs.LogProbability(place, 0) : 0;
    };

    private static ValueGetter<VBuffer<ReadOnlyMemory<char>>> Alternatives(IDecodedRow row, TargetTerms terms, int count) =>
        (ref VBuffer<ReadOnlyMemory<char>> value) =>
    {
        var (decoder, place) = row.Get(DecodedColumns.Outputs);
        var editor = VBufferEditor.Create(ref value, count);
        for (int i = 0; i < count; i++) editor.Values[i] = i < decoder.Outputs.Count(place) ? terms.TextOf(decoder.Outputs.Keys(place, i)) : default;
        value = editor.Commit();
    };

    private static ValueGetter<VBuffer<float>> Scores(IDecodedRow row, int count) => (ref VBuffer<float> value) =>
    {
        var (decoder, place) = row.Get(DecodedColumns.Outputs);
        var editor = VBufferEditor.Create(ref value, count);
        for (int i = 0; i < count; i++) editor.Values[i] = i < decoder.Outputs.Count(place) ? (float)decoder.Outputs.Score(place, i) : float.NaN;
        value = editor.Commit();
    };

    private static ValueGetter<VBuffer<float>> Attention(IDecodedRow row) => (ref VBuffer<float> value) =>
    {
        var (decoder, place) = row.Get(DecodedColumns.Outputs | DecodedColumns.Attention);
        var shares = decoder.Attention(place);
        var editor = VBufferEditor.Create(ref value, shares.Length);
        shares.CopyTo(editor.Values);
        value = editor.Commit();
    };

    private static ValueGetter<float> GivenLogProbability(IDecodedRow row) => (ref float value) =>
    {
        var (decoder, place) = row.Get(DecodedColumns.TargetLogProbability);
        value = (float)decoder.TargetLogProbability(place);
    };
}

/// <summary>A column that a fitted encoder-decoder adds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its values.</param>
/// <param name="Needs">What has to be computed for it.</param>
/// <param name="Getter">Makes its <see cref="ValueGetter{TValue}"/> for one row or cursor.</param>
internal sealed record OutputColumn(string Name, DataViewType Type, DecodedColumns Needs, Func<IDecodedRow, Delegate> Getter)
{
    /// <summary>The terms of its keys; null if its values are no keys.</summary>
    internal Vocabulary? Terms { get; init; }

    /// <summary>Whether it is a prediction, which is given out where a data frame is scored.</summary>
    internal bool IsScore { get; init; }

    /// <summary>Whether it is a vector that stands before the outputs.</summary>
    internal bool IsFeatures { get; init; }

    /// <summary>The column with its annotations.</summary>
    /// <param name="setId">Number that the scores of one step share.</param>
    internal DataViewSchema.DetachedColumn Detach(uint setId)
    {
        if (Terms is not null) return KeyColumn.Deliver(Name, Type, Terms, source: null);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (IsScore) ScoreColumn.AddSetId(annotations, setId);
        if (IsFeatures) FeaturesColumn.Mark(annotations);
        return new DataViewSchema.DetachedColumn(Name, Type, annotations.ToAnnotations());
    }
}
