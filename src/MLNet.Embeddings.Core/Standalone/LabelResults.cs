using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>What a label's outputs are given out as: the class itself, scores and probabilities.</summary>
internal sealed class LabelResults
{
    private readonly LabelShape _label;
    private readonly Range _outputs;
    private readonly string _predictedLabel, _score, _probability;
    private readonly Array? _values;
    private readonly string[] _names = [];

    private LabelResults(LabelShape label, int start, string prefix)
    {
        (_label, _outputs) = (label, start..(start + label.Outputs));
        (_predictedLabel, _score, _probability) = (prefix + LabelScores.PredictedLabel, prefix + LabelScores.Score, prefix + LabelScores.Probability);
        switch (label)
        {
            case BinaryLabelShape binary:
                _values = binary.Classes?.ToArray() ?? new[] { false, true };
                break;
            case ClassesLabelShape several:
                // Where keys stand for no values they are given out themselves.
                _values = several.Classes?.ToArray() ?? Array.ConvertAll([.. Enumerable.Range(1, several.ClassCount)], key => (uint)key);
                _names = [.. Enumerable.Range(0, several.ClassCount).Select(several.NameOf)];
                break;
        }
    }

    /// <summary>Those of a model's labels, in the order of its outputs.</summary>
    internal static LabelResults[] Of(NetworkShape shape)
    {
        var labels = new LabelResults[shape.Labels.Count];
        for (int i = 0, start = 0; i < labels.Length; start += shape.Labels[i++].Outputs)
            labels[i] = new LabelResults(shape.Labels[i], start, LabelScores.Prefix(shape.Labels[i], shape.NamesLabels));
        return labels;
    }

    /// <summary>Adds the label's columns to a result.</summary>
    /// <param name="scores">The outputs of all labels.</param>
    /// <param name="result">Gets the columns.</param>
    internal void Add(ReadOnlySpan<float> scores, OrderedDictionary<string, object?> result)
    {
        var outputs = scores[_outputs];
        switch (_label)
        {
            case BinaryLabelShape { Cut: var cut }:
                result.Add(_predictedLabel, _values!.GetValue(LabelScores.IsPositive(outputs[0], cut) ? 1 : 0));
                result.Add(_score, LabelScores.Margin(outputs[0], cut));
                result.Add(_probability, LabelScores.ProbabilityOf(outputs[0]));
                break;
            case MulticlassLabelShape:
                result.Add(_predictedLabel, _values!.GetValue(LabelScores.Best(outputs)));
                float[] probabilities = new float[outputs.Length];
                LabelScores.Probabilities(outputs, probabilities);
                result.Add(_score, ByName(probabilities));
                break;
            case SetLabelShape:
                result.Add(_predictedLabel, Members(outputs));
                float[] members = new float[outputs.Length];
                LabelScores.MemberProbabilities(outputs, members);
                result.Add(_score, ByName(members));
                break;
            case RegressionLabelShape regression:
                result.Add(_score, regression.InUnit(outputs[0]));
                break;
            default: throw new UnreachableException($"{_label}");
        }
    }

    private Array Members(ReadOnlySpan<float> outputs)
    {
        var members = Array.CreateInstanceFromArrayType(_values!.GetType(), LabelScores.MemberCount(outputs));
        int count = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            if (LabelScores.IsMember(outputs[i])) Array.Copy(_values, i, members, count++, 1);
        }
        return members;
    }

    private OrderedDictionary<string, float> ByName(float[] probabilities)
    {
        var named = new OrderedDictionary<string, float>(probabilities.Length);
        for (int i = 0; i < probabilities.Length; i++) named[_names[i]] = probabilities[i];
        return named;
    }
}
