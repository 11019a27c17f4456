using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Explains the rows of a cursor: what networks and wide part were given, by raw columns and their words.</summary>
internal sealed class RowExplainer
{
    private readonly BatchReader _reader;
    private readonly IntegratedGradients _gradients;
    private readonly LabelShape _label;
    private readonly int _labelIndex;
    private readonly int? _class;
    private readonly Column[] _columns;

    /// <param name="scorer">The model made ready to score.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="row">The row or cursor behind the model's steps.</param>
    /// <param name="inputs">The columns as <see cref="Scorer.Find"/> gave them.</param>
    internal RowExplainer(Scorer scorer, ExplanationQuestion question, DataViewRow row, DataViewSchema.Column[] inputs)
    {
        var model = question.Model.Model;
        (_labelIndex, _class, _label) = (question.Label, question.Class, model.Shape.Labels[question.Label]);
        _reader = new BatchReader(scorer, row, inputs);
        _gradients = new IntegratedGradients(model, Environment.ProcessorCount);
        SourceColumn[] sources = [.. inputs.Select(input => SourceColumn.Of(input.Name, question.Model.Steps))];
        _columns = [.. sources.Index().GroupBy(source => source.Item.Name).Select(readings => new Column(row, [.. readings], inputs))];
    }

    /// <summary>Explains the row that the cursor stands on.</summary>
    internal RowExplanation Explain()
    {
        _reader.Read(0);
        var found = _gradients.Explain(_reader.Batch.Columns, _reader.WideBatch?.Columns ?? [], _labelIndex, _class);
        ColumnAttribution[] readings = [.. found.Columns, .. found.WideColumns];
        return new RowExplanation(
            _label.Name, ClassNames.Of(_label, found.Class), found.Score, found.Baseline, ValueList.Of(_columns.Select(column => column.Explain(readings))));
    }

    /// <summary>A raw column with all that is read of it.</summary>
    private sealed class Column
    {
        private readonly string _name;
        private readonly (int Index, SourceColumn Source)[] _readings;
        private readonly Func<string?> _value;
        private readonly WordShares? _words;

        internal Column(DataViewRow row, (int Index, SourceColumn Item)[] readings, DataViewSchema.Column[] inputs)
        {
            (_name, _readings) = (readings[0].Item.Name, readings);
            var column = row.Schema[_name];
            _value = ValueText.Of(row, column);
            if (readings[0].Item.Text is { } text) _words = new TextWordShares(row, column, text);
            else if (InputType.Of(inputs[readings[0].Index]).IsSequence) _words = new KeyWordShares(row, inputs[readings[0].Index]);
        }

        internal ColumnContribution Explain(ColumnAttribution[] all)
        {
            double share = _readings.Sum(reading => all[reading.Index].Share);
            var names = _words?.Read() ?? [];
            double[] words = new double[names.Count], attention = [];
            foreach (var (index, source) in _readings)
            {
                _words?.Add(source, all[index].Tokens, words);
                if (all[index].Attention.Length > 0 && _words is not null)
                    _words.Add(source, Array.ConvertAll(all[index].Attention, weight => (double)weight), attention = new double[names.Count]);
            }
            return new ColumnContribution(
                _name, _value(), share, [.. names.Select((name, i) => new WordContribution(name, words[i], attention.Length > 0 ? attention[i] : null))]);
        }
    }
}
