namespace MLNet.Embeddings;

/// <summary>One layer of a recurrent network over ragged rows, in one direction or both, whose states lie beside each other.</summary>
/// <remarks>It keeps what backward needs, so one forward may be in flight.</remarks>
internal sealed unsafe class RecurrentLayer
{
    private readonly Direction[] _directions;

    /// <param name="context">What the layers of the network share.</param>
    /// <param name="directions">The layer's directions.</param>
    /// <param name="everyState">True to give the state after each token; else the last one of each row.</param>
    /// <param name="table">The table whose rows it reads; null if it reads the states of a layer below.</param>
    internal RecurrentLayer(LayerContext context, RecurrentShape[] directions, bool everyState, EmbeddingTable? table)
    {
        _directions = [.. directions.Select(direction => new Direction(context, direction, everyState, directions.Length > 1, table))];
        Width = directions.Sum(direction => direction.Units);
    }

    /// <summary>Length of a result.</summary>
    internal int Width { get; }

    /// <summary>Lays the weights out as they are now.</summary>
    internal void Pack(bool backward)
    {
        foreach (var direction in _directions) direction.Pack(backward);
    }

    /// <summary>Computes the states that are asked for.</summary>
    /// <param name="rows">The rows, which may not change until <see cref="Backward"/>.</param>
    /// <param name="terms">What they are of: (terms, inputs).</param>
    /// <param name="results">Receives (rows, width) or (tokens, width).</param>
    /// <param name="keep">True to keep what <see cref="Backward"/> needs.</param>
    /// <param name="starts">The state that each row starts with, (rows, units), of a layer of one direction; empty for zeros.</param>
    internal void Forward(RaggedRows rows, ReadOnlySpan<float> terms, Span<float> results, bool keep, ReadOnlySpan<float> starts = default)
    {
        foreach (var direction in _directions) direction.Recurrence.Forward(rows, terms, direction.Weights, results, keep, starts);
    }

    /// <summary>The same for rows of keys of a fixed table: what a key gives to the gates is computed once, when it is first met.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="keys">The keys of all tokens.</param>
    /// <param name="results">Receives (rows, width) or (tokens, width).</param>
    internal void ForwardByKey(RaggedRows rows, ReadOnlySpan<int> keys, Span<float> results)
    {
        foreach (var direction in _directions) direction.Recurrence.ForwardProjected(rows, direction.ProjectionsOf(keys), direction.Weights, results);
    }

    /// <summary>Adds all gradients that follow from those of the results.</summary>
    /// <param name="resultGradients">As the results of <see cref="Forward"/>.</param>
    /// <param name="terms">As given to <see cref="Forward"/>.</param>
    /// <param name="termGradients">Added to; empty if they are not wanted.</param>
    /// <param name="sums">What gradients of dense parameters are added to.</param>
    /// <param name="startGradients">Added to, if there were starts.</param>
    internal void Backward(
        ReadOnlySpan<float> resultGradients, ReadOnlySpan<float> terms, Span<float> termGradients, float[] sums, Span<float> startGradients = default)
    {
        foreach (var direction in _directions) direction.Backward(resultGradients, terms, termGradients, sums, startGradients);
    }

    /// <summary>One step of some states of a fixed layer of one direction, in place, on the calling thread.</summary>
    /// <param name="keys">The key that each reads.</param>
    /// <param name="states">(keys, units).</param>
    internal void StepByKey(ReadOnlySpan<int> keys, float* states) =>
        _directions[0].Recurrence.Step(keys.Length, _directions[0].ProjectionsOf(keys), keys, _directions[0].Weights, states);

    /// <summary>The same for a layer that reads the states of one below.</summary>
    /// <param name="count">How many states.</param>
    /// <param name="below">(count, inputs).</param>
    /// <param name="states">(count, units).</param>
    internal void Step(int count, float* below, float* states) => _directions[0].Recurrence.Step(count, below, _directions[0].Weights, states);

    private sealed class Direction
    {
        private readonly Parameter _inputWeights, _hiddenWeights, _inputBias, _hiddenBias;
        private readonly TermValues? _projections;
        private readonly int _threads;

        internal Direction(LayerContext context, RecurrentShape shape, bool everyState, bool bidirectional, EmbeddingTable? table)
        {
            var cell = shape.IsLstm ? RecurrentCell.Lstm : RecurrentCell.Gru;
            var form = new RecurrentForm(cell, shape.Inputs, shape.Units) { EveryState = everyState, Reversed = shape.Reversed, Bidirectional = bidirectional };
            _threads = context.Threads;
            _inputWeights = context.Matrix(shape.InputWeights, Initializers.Gates(shape.Units, shape.Inputs), form.Gates, shape.Inputs);
            _hiddenWeights = context.Matrix(shape.HiddenWeights, Initializers.OrthogonalGates(shape.Units), form.Gates, shape.Units);
            // The forget gate of an LSTM is the second.
            _inputBias = context.Vector(shape.InputBias, shape.IsLstm ? Initializers.GateOfOnes(shape.Units, gate: 1) : Initializers.Zeros, form.Gates);
            _hiddenBias = context.Vector(shape.HiddenBias, Initializers.Zeros, form.Gates);
            Recurrence = new RaggedRecurrence(form, context.Threads);
            bool isFixed = context.Parameters.IsFixed;
            Weights = context.Parameters.Share(shape.InputWeights, () =>
            {
                var weights = new RecurrentWeights(form, context.Threads);
                if (isFixed) weights.PackForward(_inputWeights.Values, _hiddenWeights.Values, _inputBias.Values, _hiddenBias.Values);
                return weights;
            });
            if (isFixed && table is not null)
                _projections = context.Parameters.Share(shape.InputWeights, () => new TermValues(table, form.Gates, Weights.Project));
        }

        internal RaggedRecurrence Recurrence { get; }

        internal RecurrentWeights Weights { get; }

        internal void Pack(bool backward)
        {
            Weights.PackForward(_inputWeights.Values, _hiddenWeights.Values, _inputBias.Values, _hiddenBias.Values);
            if (backward) Weights.PackBackward(_inputWeights.Values, _hiddenWeights.Values);
        }

        internal float* ProjectionsOf(ReadOnlySpan<int> keys) => _projections!.Require(keys, _threads);

        internal void Backward(
            ReadOnlySpan<float> resultGradients, ReadOnlySpan<float> terms, Span<float> termGradients, float[] sums, Span<float> startGradients) =>
            Recurrence.Backward(
                resultGradients, terms, Weights, termGradients,
                _inputWeights.In(sums), _hiddenWeights.In(sums), _inputBias.In(sums), _hiddenBias.In(sums), startGradients);
    }
}
