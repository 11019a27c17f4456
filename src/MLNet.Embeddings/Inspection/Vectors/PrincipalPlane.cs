using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>The two directions in which vectors vary most: the first principal components, by simultaneous iteration on the covariance.</summary>
/// <remarks>
/// Golub and Van Loan, Matrix Computations, section 8.2.4: two vectors are multiplied with the covariance and made orthonormal over and over, which turns their
/// plane to that of the two largest eigenvalues; the covariance within the plane, of two by two, then has its axes in closed form.
/// </remarks>
internal static class PrincipalPlane
{
    private const int MostIterations = 1_000;
    private const double Tolerance = 1e-13;

    /// <summary>The places of vectors in their plane, their mean at the origin.</summary>
    /// <param name="vectors">(count, dimensions).</param>
    /// <param name="dimensions">Length of a vector.</param>
    internal static (double X, double Y)[] Of(ReadOnlySpan<float> vectors, int dimensions)
    {
        var places = new (double, double)[vectors.Length / dimensions];
        if (places.Length == 0) return places;
        double[] mean = Mean(vectors, dimensions);
        var (first, second) = Axes(Covariance(vectors, mean), dimensions);
        double[] centred = new double[dimensions];
        for (int i = 0; i < places.Length; i++)
        {
            Centre(vectors.Slice(i * dimensions, dimensions), mean, centred);
            places[i] = (TensorPrimitives.Dot<double>(centred, first), TensorPrimitives.Dot<double>(centred, second));
        }
        return places;
    }

    private static double[] Mean(ReadOnlySpan<float> vectors, int dimensions)
    {
        double[] mean = new double[dimensions], vector = new double[dimensions];
        for (int i = 0; i < vectors.Length; i += dimensions)
        {
            TensorPrimitives.ConvertTruncating(vectors.Slice(i, dimensions), vector);
            TensorPrimitives.Add(mean, vector, mean);
        }
        TensorPrimitives.Divide(mean, vectors.Length / dimensions, mean);
        return mean;
    }

    private static void Centre(ReadOnlySpan<float> vector, double[] mean, double[] centred)
    {
        TensorPrimitives.ConvertTruncating(vector, centred);
        TensorPrimitives.Subtract(centred, mean, centred);
    }

    /// <summary>The sums of products of the centred vectors: (dimensions, dimensions).</summary>
    private static double[] Covariance(ReadOnlySpan<float> vectors, double[] mean)
    {
        int dimensions = mean.Length;
        double[] sums = new double[dimensions * dimensions], centred = new double[dimensions];
        for (int start = 0; start < vectors.Length; start += dimensions)
        {
            Centre(vectors.Slice(start, dimensions), mean, centred);
            for (int i = 0; i < dimensions; i++)
            {
                var row = sums.AsSpan(i * dimensions, dimensions);
                TensorPrimitives.MultiplyAdd<double>(centred, centred[i], row, row);
            }
        }
        return sums;
    }

    private static (double[] First, double[] Second) Axes(double[] covariance, int dimensions)
    {
        var random = new SplitMix(1);
        double[] first = Draw(random, dimensions), second = Draw(random, dimensions);
        Orthonormalize(first, second);
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            double[] nextFirst = Multiply(covariance, first), nextSecond = Multiply(covariance, second);
            Orthonormalize(nextFirst, nextSecond);
            double change = Change(first, nextFirst) + Change(second, nextSecond);
            (first, second) = (nextFirst, nextSecond);
            if (change < Tolerance) break;
        }
        return Turn(covariance, first, second);
    }

    /// <summary>Turns two directions within their plane to its axes, and each so that its largest component is positive.</summary>
    private static (double[] First, double[] Second) Turn(double[] covariance, double[] first, double[] second)
    {
        double[] image = Multiply(covariance, second);
        double a = TensorPrimitives.Dot<double>(first, Multiply(covariance, first)), b = TensorPrimitives.Dot<double>(first, image);
        double c = TensorPrimitives.Dot<double>(second, image);
        var (sine, cosine) = Math.SinCos(Math.Atan2(2 * b, a - c) / 2);
        double[] x = [.. first.Zip(second, (one, other) => cosine * one + sine * other)];
        double[] y = [.. first.Zip(second, (one, other) => cosine * other - sine * one)];
        return (Positive(x), Positive(y));
    }

    private static double[] Positive(double[] axis) => axis[TensorPrimitives.IndexOfMaxMagnitude<double>(axis)] < 0 ? [.. axis.Select(value => -value)] : axis;

    private static double[] Draw(SplitMix random, int dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => random.NextDouble() - 0.5)];

    private static double[] Multiply(double[] matrix, double[] vector) =>
        [.. Enumerable.Range(0, vector.Length).Select(row => TensorPrimitives.Dot<double>(matrix.AsSpan(row * vector.Length, vector.Length), vector))];

    /// <summary>Brings two vectors to length 1, the second at a right angle to the first; to zeros where there is no such direction.</summary>
    private static void Orthonormalize(double[] first, double[] second)
    {
        double length = TensorPrimitives.Norm<double>(second);
        Normalize(first, least: 0);
        TensorPrimitives.MultiplyAdd<double>(first, -TensorPrimitives.Dot<double>(first, second), second, second);
        Normalize(second, least: 1e-12 * length);
        // Once more: what rounding left of the first direction.
        TensorPrimitives.MultiplyAdd<double>(first, -TensorPrimitives.Dot<double>(first, second), second, second);
    }

    private static void Normalize(double[] vector, double least)
    {
        double length = TensorPrimitives.Norm<double>(vector);
        if (length > least) TensorPrimitives.Divide(vector, length, vector);
        else Array.Clear(vector);
    }

    private static double Change(double[] before, double[] after) => 1 - Math.Abs(TensorPrimitives.Dot<double>(before, after));
}
