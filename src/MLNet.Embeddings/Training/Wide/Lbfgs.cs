using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A function of many parameters and its gradient.</summary>
internal delegate double CostFunction(ReadOnlySpan<float> parameters, Span<float> gradients);

/// <summary>Finds the least of a smooth convex function by limited-memory BFGS (Liu and Nocedal 1989, Mathematical Programming 45).</summary>
/// <param name="size">Number of parameters.</param>
/// <param name="memory">Steps that are remembered.</param>
internal sealed class Lbfgs(int size, int memory = 5)
{
    /// <summary>A step must bring this share of what the gradient promises (Armijo's rule).</summary>
    private const double SufficientDecrease = 1e-4;

    private const int MostHalvings = 20;

    private readonly float[][] _steps = Vectors(size, memory), _changes = Vectors(size, memory);
    private readonly double[] _products = new double[memory], _shares = new double[memory];
    private readonly float[] _gradients = new float[size], _nextGradients = new float[size], _direction = new float[size], _next = new float[size];

    /// <summary>Goes downhill from the parameters given, until a step gains less than a share of the cost.</summary>
    /// <param name="parameters">Where to begin; receives where it ends.</param>
    /// <param name="cost">The function.</param>
    /// <param name="tolerance">The share of the cost that a step must gain.</param>
    /// <param name="mostSteps">Most steps.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The cost at the end.</returns>
    internal double Minimize(float[] parameters, CostFunction cost, double tolerance, int mostSteps, CancellationToken cancellation)
    {
        double current = cost(parameters, _gradients);
        int known = 0, small = 0;
        for (int step = 0; step < mostSteps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            FindDirection(known, step);
            double slope = TensorPrimitives.Dot<float>(_direction, _gradients);
            if (slope >= 0) break;
            double length = known == 0 ? Math.Min(1, 1 / Math.Sqrt(TensorPrimitives.SumOfSquares<float>(_gradients))) : 1;
            double next = current;
            int halvings = 0;
            for (; halvings < MostHalvings; halvings++, length /= 2)
            {
                TensorPrimitives.MultiplyAdd<float>(_direction, (float)length, parameters, _next);
                next = cost(_next, _nextGradients);
                if (next <= current + SufficientDecrease * length * slope) break;
            }
            if (halvings == MostHalvings) break;
            known = Remember(parameters, known, step);
            _next.CopyTo(parameters, 0);
            _nextGradients.CopyTo(_gradients, 0);
            small = current - next < tolerance * Math.Abs(current) ? small + 1 : 0;
            current = next;
            if (small == 2) break;
        }
        return current;
    }

    /// <summary>Keeps the step to the next parameters; returns how many are known.</summary>
    private int Remember(float[] parameters, int known, int step)
    {
        int slot = step % memory;
        TensorPrimitives.Subtract(_next, parameters, _steps[slot]);
        TensorPrimitives.Subtract(_nextGradients, _gradients, _changes[slot]);
        _products[slot] = TensorPrimitives.Dot<float>(_steps[slot], _changes[slot]);
        return Math.Min(known + 1, memory);
    }

    /// <summary>The product of the gradient with the inverse curvature that the known steps tell of (the two-loop recursion).</summary>
    private void FindDirection(int known, int step)
    {
        TensorPrimitives.Negate(_gradients, _direction);
        for (int i = 1; i <= known; i++)
        {
            int slot = (step - i) % memory;
            if (_products[slot] <= 0) continue;
            _shares[slot] = TensorPrimitives.Dot<float>(_steps[slot], _direction) / _products[slot];
            TensorPrimitives.MultiplyAdd<float>(_changes[slot], (float)-_shares[slot], _direction, _direction);
        }
        if (known > 0 && _products[(step - 1) % memory] is > 0 and var product)
        {
            float scale = (float)(product / TensorPrimitives.SumOfSquares<float>(_changes[(step - 1) % memory]));
            TensorPrimitives.Multiply(_direction, scale, _direction);
        }
        for (int i = known; i >= 1; i--)
        {
            int slot = (step - i) % memory;
            if (_products[slot] <= 0) continue;
            double share = TensorPrimitives.Dot<float>(_changes[slot], _direction) / _products[slot];
            TensorPrimitives.MultiplyAdd<float>(_steps[slot], (float)(_shares[slot] - share), _direction, _direction);
        }
    }

    private static float[][] Vectors(int size, int count) => [.. Enumerable.Range(0, count).Select(_ => new float[size])];
}
