namespace MLNet.Embeddings;

/// <summary>An encoder-decoder in a graph: reads sources, and writes the output that is most probable token by token.</summary>
/// <param name="graph">The graph.</param>
/// <param name="network">The network.</param>
/// <param name="maxLength">How many tokens an output has at most.</param>
internal sealed class OnnxDecoder(OnnxGraph graph, TrainedEncoderDecoder network, int maxLength)
{
    private const float Lowest = -1e30f;

    private readonly OnnxArrays _arrays = new(graph, network, "");
    private readonly EncoderDecoderShape _shape = network.Shape;

    /// <summary>Decodes sources.</summary>
    /// <param name="keys">Their keys.</param>
    /// <param name="spelling">How outputs are written.</param>
    /// <returns>The outputs as texts and the logarithms of their probabilities, rows × 1 each; those of an empty source are empty and 0.</returns>
    internal (OnnxValue Texts, OnnxValue LogProbabilities) Decode(OnnxKeys keys, OnnxSpelling spelling)
    {
        var (matrix, lengths) = keys.Padded;
        var isEmpty = lengths.Is(0);
        var (states, starts) = Encode(matrix, lengths);
        var memory = _shape.Attends ? states.Apply("MatMul", _arrays[EncoderDecoderShape.AttentionWeights]) : states;
        var isToken = !matrix.Is(0);
        var rows = lengths.Extent(0);
        var loop = new OnnxGraph("decoding", graph);
        OnnxValue[] initial =
        [
            graph.Vector(0L).Expand(rows), isEmpty, graph.Vector(0.0).Expand(rows), graph.Vector("").Expand(rows), .. starts,
        ];
        AddStep(loop, states, memory, isToken, spelling);
        OnnxValue[] inputs = [graph.Scalar(maxLength + 1L), graph.Scalar(true), .. initial];
        var results = graph.ApplyAll(OnnxDomains.Standard, "Loop", inputs, [.. initial.Select(_ => true)], ("body", loop));
        return (results[3].Reshape(-1, 1), results[2].Cast(OnnxType.Single).Reshape(-1, 1));
    }

    /// <summary>The states of sources, rows × places × size, and the first states of the decoder's layers, 1 × rows × units each.</summary>
    private (OnnxValue States, OnnxValue[] Starts) Encode(OnnxValue matrix, OnnxValue lengths)
    {
        var least = lengths.Apply("Max", graph.Scalar(1L)).Cast(OnnxType.Int32);
        var inputs = _arrays[_shape.Source.Table].At(matrix).Transpose(1, 0, 2);
        List<OnnxValue> starts = [];
        foreach (var (layer, directions) in _shape.Source.RecurrentLayers.Index())
        {
            long width = directions.Length * directions[0].Units;
            var (states, ends) = OnnxRecurrence.Of(_arrays, directions, inputs, least, wantsStates: true);
            inputs = states.Transpose(0, 2, 1, 3).Reshape(0, 0, width);
            var end = ends.Transpose(1, 0, 2).Reshape(0, width);
            starts.Add(Bridge(layer, end).Reshape(1, -1, _shape.Units));
        }
        return (inputs.Transpose(1, 0, 2), [.. starts]);
    }

    private OnnxValue Bridge(int layer, OnnxValue end)
    {
        if (!_shape.HasBridge) return end;
        OnnxValue weights = _arrays[EncoderDecoderShape.BridgeWeights(layer)], bias = _arrays[EncoderDecoderShape.BridgeBias(layer)];
        return graph.Apply("Gemm", [end, weights, bias], ("transB", 1L)).Apply("Tanh");
    }

    /// <summary>
    /// One token of all outputs: the body of the loop, which takes and gives the last key, whether an output has ended, its probability and text, and states.
    /// </summary>
    private void AddStep(OnnxGraph step, OnnxValue states, OnnxValue memory, OnnxValue isToken, OnnxSpelling spelling)
    {
        var number = step.Input(step.NewName("number"), OnnxType.Int64, []);
        step.Input(step.NewName("goes on"), OnnxType.Boolean, []);
        string rows = step.NewName("outputs");
        OnnxValue Carried(string name, OnnxType type, params object[] extents) => step.Input(step.NewName(name), type, extents);
        OnnxValue before = Carried("before", OnnxType.Int64, rows), ended = Carried("ended", OnnxType.Boolean, rows),
            sum = Carried("log probability", OnnxType.Double, rows), text = Carried("text", OnnxType.Text, rows);

        List<OnnxValue> stepped = [];
        var inputs = In(step, _arrays[_shape.Target.Table]).At(before).Reshape(1, -1, _shape.Target.Dimensions);
        foreach (var directions in _shape.Target.RecurrentLayers)
        {
            var state = Carried("state", OnnxType.Single, 1, rows, _shape.Units);
            inputs = OnnxRecurrence.Step(step, _arrays, directions, inputs, state);
            stepped.Add(inputs);
        }
        var scores = Scores(step, inputs.Reshape(-1, _shape.Units), In(step, states), In(step, memory), In(step, isToken));
        var allowed = step.Scalar(Lowest).If(Refused(number, step), scores);
        var best = step.Apply("ArgMax", [allowed], ("axis", 1L), ("keepdims", 1L));
        var logarithm = step.Apply("GatherElements", [OnnxAverages.Normalized(scores.Cast(OnnxType.Double)), best], ("axis", 1L)).Reshape(-1);
        var key = step.Scalar(0L).If(ended, best.Reshape(-1));
        var ends = ended | key.Is(0);
        OnnxValue[] carried =
        [
            key, ends, sum + step.Scalar(0.0).If(ended, logarithm),
            text.Apply("StringConcat", spelling.Pieces(step, before, key)), .. stepped,
        ];
        step.Output((!ends).Cast(OnnxType.Int64).Reduce("Max", 0) > step.Scalar(0L), step.NewName("goes on"), OnnxType.Boolean);
        OnnxType[] types = [OnnxType.Int64, OnnxType.Boolean, OnnxType.Double, OnnxType.Text];
        foreach (var (i, value) in carried.Index())
        {
            object[] extents = i < types.Length ? [rows] : [1, rows, _shape.Units];
            step.Output(value, step.NewName("carried"), i < types.Length ? types[i] : OnnxType.Single, extents);
        }
    }

    /// <summary>The classes that are not chosen: the unknown term, and behind the longest output all but the end.</summary>
    private OnnxValue Refused(OnnxValue number, OnnxGraph step)
    {
        bool[] unknown = new bool[_shape.Classes], terms = new bool[_shape.Classes];
        unknown[1] = _shape.HasUnknown;
        terms.AsSpan(1).Fill(true);
        return step.Vector(unknown) | step.Vector(terms) & !(number < step.Scalar((long)maxLength));
    }

    /// <summary>The scores of all classes: see <see cref="ReadoutLayer"/>.</summary>
    private OnnxValue Scores(OnnxGraph step, OnnxValue state, OnnxValue states, OnnxValue memory, OnnxValue isToken)
    {
        var read = state;
        if (_shape.Attends)
        {
            var match = memory.Apply("MatMul", state.Reshape(-1, _shape.Units, 1)).Reshape(0, -1).If(isToken, step.Scalar(Lowest));
            var shares = step.Apply("Softmax", [match], ("axis", -1L));
            var context = shares.Reshape(0, 1, -1).Apply("MatMul", states).Reshape(-1, _shape.EncodedSize);
            read = context.Concat(1, state);
        }
        if (_shape.HasReadout) read = read.Apply("MatMul", In(step, _arrays.Transposed(EncoderDecoderShape.ReadoutWeights))).Apply("Tanh");
        return step.Apply("Gemm", [read, In(step, _arrays[_shape.OutputLayer]), In(step, _arrays[EncoderDecoderShape.OutputBias])], ("transB", 1L));
    }

    private static OnnxValue In(OnnxGraph step, OnnxValue value) => step.Value(value.Name);
}

/// <summary>How the tokens of an output are written one after the other.</summary>
/// <param name="Texts">What is written for each key, from key 0, the end, on: without spaces at its ends.</param>
/// <param name="Separator">What is written between two tokens.</param>
/// <param name="Spacing">For each key, whether a space belongs before and behind it, and whether it is a word; null where there is always a separator.</param>
internal sealed record OnnxSpelling(string[] Texts, string Separator, (bool Before, bool Behind, bool IsWord)[]? Spacing)
{
    /// <summary>What a token adds to a text.</summary>
    /// <param name="step">The graph.</param>
    /// <param name="before">The key of the token before; 0 for none.</param>
    /// <param name="key">The key of the token; 0 for none.</param>
    internal OnnxValue Pieces(OnnxGraph step, OnnxValue before, OnnxValue key)
    {
        string[] separated = [.. Texts.Select((text, index) => index == 0 ? "" : Separator + text)];
        var isSeparated = !before.Is(0);
        if (Spacing is { } spacing)
        {
            OnnxValue Flags(Func<(bool Before, bool Behind, bool IsWord), bool> flag, OnnxValue keys) => step.Vector([.. spacing.Select(flag)]).At(keys);
            isSeparated = isSeparated & (Flags(one => one.Before, key) | Flags(one => one.Behind, before)
                | Flags(one => one.IsWord, before) & Flags(one => one.IsWord, key));
        }
        return step.Vector([.. Texts, .. separated]).At(key + isSeparated.Cast(OnnxType.Int64) * Texts.Length);
    }
}
