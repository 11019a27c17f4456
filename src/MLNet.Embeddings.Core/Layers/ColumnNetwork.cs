using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A network over columns: what training, validation and scoring run.</summary>
/// <remarks>
/// Each column becomes a vector per row, on all threads where that pays; then each thread takes rows of its own through the head, to the loss and backward. It
/// keeps its memory from batch to batch and treats one batch at a time. A row's scores have the same bits whatever other rows there are.
/// </remarks>
internal sealed class ColumnNetwork
{
    /// <summary>The most rows, and the products, that are worth a thread in training.</summary>
    private const int RowsPerThread = 256, ProductsPerThread = 500_000;

    private readonly ColumnLayer[] _columns;
    private readonly int[] _starts, _tableColumns;
    private readonly Head _head;
    private readonly EmbeddingTable[] _tables;
    private readonly Range[] _stretches;
    private readonly int _threads, _members, _outputs;
    private readonly double[] _losses;
    private readonly float[]?[] _memberScores, _memberGradients;
    private readonly Action<int, int, int> _scorePart, _encodePart;
    private RowBatch _batch = null!;
    private float[] _averages = [];

    /// <param name="shape">The network's form.</param>
    /// <param name="parameters">Where its arrays come from.</param>
    /// <param name="threads">How many threads may work.</param>
    /// <param name="dropout">What is dropped in training.</param>
    internal ColumnNetwork(NetworkShape shape, ParameterSource parameters, int threads, DropoutPlan dropout)
    {
        (Shape, _threads, _members, _outputs) = (shape, threads, shape.Head.EnsembleSize, shape.Outputs);
        var context = new LayerContext(parameters, threads, dropout);
        _tables = [.. shape.Tables.Select(context.Add)];
        _tableColumns = [.. shape.Tables.Select(table => table.Columns[0])];
        _columns = new ColumnLayer[shape.Columns.Count];
        _starts = new int[_columns.Length];
        for (int i = 0, start = 0; i < _columns.Length; start += _columns[i++].Size)
            (_columns[i], _starts[i]) = (ColumnLayer.Of(shape.Columns[i], context), start);
        _head = new Head(context, shape);
        _stretches = [.. _head.Stretches(Pass.Training(0))];
        (_losses, _memberScores, _memberGradients) = (new double[threads], new float[]?[threads], new float[]?[threads]);
        (_scorePart, _encodePart) = (ScorePart, EncodePart);
    }

    /// <summary>The arrays that training begins with, each drawn from a random stream of its own.</summary>
    /// <param name="shape">The network's form.</param>
    /// <param name="seed">The seed of the fit.</param>
    /// <param name="given">Those that begin with other values, by name.</param>
    internal static IReadOnlyDictionary<string, InitialArray> Draw(NetworkShape shape, int seed, IReadOnlyDictionary<string, InitialArray> given)
    {
        var parameters = new InitialParameters(seed, given);
        _ = new ColumnNetwork(shape, parameters, threads: 1, DropoutPlan.None);
        return parameters.Arrays;
    }

    internal NetworkShape Shape { get; }

    internal IReadOnlyList<EmbeddingTable> Tables => _tables;

    /// <summary>Whether there are running statistics, which belong to the weights that they were measured with.</summary>
    internal bool HasStatistics => _head.Statistics.Count > 0;

    /// <summary>Lays the weights out as they are now. Not needed where they never change.</summary>
    internal void Pack(bool backward)
    {
        foreach (var column in _columns) column.Pack(backward);
        _head.Pack(backward);
    }

    /// <summary>Forward and backward of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="loss">What it costs.</param>
    /// <param name="step">Number of the step, which decides what is dropped.</param>
    /// <param name="sums">What gradients of dense parameters are added to; zeros before.</param>
    /// <returns>The weighted sum of the rows' losses.</returns>
    internal double Learn(RowBatch batch, BatchLoss loss, long step, GradientSums sums)
    {
        var pass = Pass.Training(step);
        Begin(batch, pass);
        int least = LeastRows(), parts;
        if (_stretches is [var whole] && !_head.SpansRows(0, pass))
        {
            parts = Run(least, rows =>
            {
                WriteColumns(rows);
                _head.Forward(whole, rows);
                Lose(rows);
                _head.Backward(whole, rows, sums[rows.Part]);
                TakeColumns(rows);
            });
        }
        else
        {
            parts = Run(least, WriteColumns);
            foreach (var stretch in _stretches) RunStretch(stretch, rows => _head.Forward(stretch, rows));
            Run(least, Lose);
            foreach (var stretch in _stretches.Reverse()) RunStretch(stretch, rows => _head.Backward(stretch, rows, sums[rows.Part]));
            Run(least, TakeColumns);
        }
        for (int part = 1; part < parts; part++) TensorPrimitives.Add(sums[0], sums[part], sums[0]);
        for (int i = 0; i < _columns.Length; i++) _columns[i].Backward(batch.Columns[i], pass, sums[0]);
        foreach (var table in _tables) table.Merge();
        return TensorPrimitives.Sum<double>(_losses.AsSpan(0, parts));

        int Run(int rowsPerThread, Action<RowRange> body) =>
            Parts.Run(_threads, batch.RowCount, rowsPerThread, (part, start, end) => body(new RowRange(part, start, end - start, pass)));

        void RunStretch(Range stretch, Action<RowRange> body) => Run(_head.SpansRows(stretch.Start.Value, pass) ? int.MaxValue : least, body);

        void WriteColumns(RowRange rows)
        {
            if (rows.Part > 0) Array.Clear(sums[rows.Part]);
            Write(rows);
        }

        void Lose(RowRange rows) => _losses[rows.Part] = LossOf(rows, loss);

        void TakeColumns(RowRange rows) => Take(rows, sums[rows.Part]);
    }

    /// <summary>Computes the scores of a batch, nothing dropped and members averaged; allocates nothing once its memory has grown.</summary>
    internal void Score(RowBatch batch)
    {
        Begin(batch, Pass.Scoring);
        if (_members > 1 && _averages.Length < batch.RowCount * _outputs) _averages = new float[batch.RowCount * _outputs];
        if (_head.IsEstimating) ScoreStretches();
        else Parts.Run(_threads, batch.RowCount, _head.RowsPerThread, _scorePart);
    }

    /// <summary>The scores of a row of the last batch; valid until the next.</summary>
    internal ReadOnlySpan<float> ScoresOf(int row) => _members > 1 ? _averages.AsSpan(row * _outputs, _outputs) : _head.OutputsOf(row, 1);

    /// <summary>Computes what the output layer reads of a batch, nothing dropped; allocates nothing once its memory has grown.</summary>
    internal void Encode(RowBatch batch)
    {
        Begin(batch, Pass.Scoring);
        Parts.Run(_threads, batch.RowCount, _head.RowsPerThread, _encodePart);
    }

    /// <summary>What the output layer reads of a row of the last batch, the mean over the members of an ensemble.</summary>
    /// <param name="row">The row.</param>
    /// <param name="vector">Receives (hidden size).</param>
    internal void CopyHidden(int row, Span<float> vector)
    {
        var hidden = _head.HiddenOf(row);
        hidden[..vector.Length].CopyTo(vector);
        if (_members == 1) return;
        for (int member = 1; member < _members; member++) TensorPrimitives.Add(vector, hidden.Slice(member * vector.Length, vector.Length), vector);
        TensorPrimitives.Divide(vector, _members, vector);
    }

    /// <summary>Measures running statistics anew, as the plain mean over batches.</summary>
    internal void EstimateStatistics(IEnumerable<RowBatch> batches)
    {
        foreach (var layer in _head.Statistics) layer.BeginEstimate();
        _head.IsEstimating = true;
        foreach (var batch in batches) Score(batch);
        _head.IsEstimating = false;
        foreach (var layer in _head.Statistics) layer.EndEstimate();
        Pack(backward: false);
    }

    private void Begin(RowBatch batch, Pass pass)
    {
        _batch = batch;
        for (int i = 0; i < _tables.Length; i++) _tables[i].LookUp(batch.TermsOf(_tableColumns[i]), pass.IsTraining);
        _head.Require(batch.RowCount, pass);
        for (int i = 0; i < _columns.Length; i++) _columns[i].Forward(batch.Columns[i], pass);
    }

    private int LeastRows() => (int)Math.Clamp(ProductsPerThread / _head.Products, 1, RowsPerThread);

    private void Write(RowRange rows)
    {
        var vectors = _head.InputsOf(rows.First, rows.Count);
        for (int i = 0; i < _columns.Length && rows.Count > 0; i++)
            _columns[i].Write(_batch.Columns[i], rows.Part, rows.First, rows.First + rows.Count, vectors[_starts[i]..], _head.Inputs);
    }

    private void Take(RowRange rows, float[] sums)
    {
        var gradients = _head.InputGradientsOf(rows.First, rows.Count);
        for (int i = 0; i < _columns.Length; i++)
            _columns[i].Take(_batch.Columns[i], rows.Part, rows.First, rows.First + rows.Count, gradients[_starts[i]..], _head.Inputs, sums);
    }

    private void ScorePart(int part, int start, int end)
    {
        var rows = new RowRange(part, start, end - start, Pass.Scoring);
        Write(rows);
        _head.Forward(.., rows);
        for (int row = start; row < end && _members > 1; row++)
            MemberAverage.Of(Shape.Labels, _head.OutputsOf(row, 1), _averages.AsSpan(row * _outputs, _outputs));
    }

    private void EncodePart(int part, int start, int end)
    {
        var rows = new RowRange(part, start, end - start, Pass.Scoring);
        Write(rows);
        _head.Forward(..^1, rows);
    }

    private void ScoreStretches()
    {
        var rows = new RowRange(0, 0, _batch.RowCount, Pass.Scoring);
        Write(rows);
        _head.Forward(.., rows);
    }

    /// <summary>The loss of some rows, and its gradients by the scores; that of an ensemble is the mean of its members' losses.</summary>
    private double LossOf(RowRange rows, BatchLoss loss)
    {
        Span<float> scores = _head.OutputsOf(rows.First, rows.Count), gradients = _head.OutputGradientsOf(rows.First, rows.Count);
        if (_members == 1) return loss(scores, _batch, rows.First, gradients);

        int count = rows.Count * _outputs;
        if (_memberScores[rows.Part] is null || _memberScores[rows.Part]!.Length < count)
            (_memberScores[rows.Part], _memberGradients[rows.Part]) = (new float[count], new float[count]);
        Span<float> memberScores = _memberScores[rows.Part].AsSpan(0, count), memberGradients = _memberGradients[rows.Part].AsSpan(0, count);
        double sum = 0;
        for (int member = 0; member < _members; member++)
        {
            for (int row = 0; row < rows.Count; row++) scores.Slice((row * _members + member) * _outputs, _outputs).CopyTo(memberScores[(row * _outputs)..]);
            sum += loss(memberScores, _batch, rows.First, memberGradients);
            TensorPrimitives.Divide(memberGradients, _members, memberGradients);
            for (int row = 0; row < rows.Count; row++)
                memberGradients.Slice(row * _outputs, _outputs).CopyTo(gradients[((row * _members + member) * _outputs)..]);
        }
        return sum / _members;
    }
}

/// <summary>What the scores of some of a batch's rows cost.</summary>
/// <param name="scores">Rows × outputs.</param>
/// <param name="batch">The batch, with labels and weights.</param>
/// <param name="firstRow">The row of the batch that the scores begin with.</param>
/// <param name="gradients">Receives the gradients of the losses' mean over the whole batch by the scores: rows × outputs; empty if they are not wanted.</param>
/// <returns>The weighted sum of the rows' losses.</returns>
internal delegate double BatchLoss(ReadOnlySpan<float> scores, RowBatch batch, int firstRow, Span<float> gradients);

/// <summary>What each thread adds the gradients of the dense parameters to; all end in the first.</summary>
/// <param name="gradients">The first, of the form of the parameters' block.</param>
/// <param name="threads">How many threads may work.</param>
internal sealed class GradientSums(float[] gradients, int threads)
{
    private readonly float[]?[] _sums = new float[]?[threads];

    /// <summary>The sums of a thread's part of a batch.</summary>
    internal float[] this[int part] => part == 0 ? gradients : _sums[part] ??= new float[gradients.Length];
}
