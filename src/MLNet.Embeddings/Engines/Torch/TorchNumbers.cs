using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Operations of tensors with numbers.</summary>
/// <remarks>
/// TorchSharp makes a number a scalar that nothing refers to while torch reads it (dotnet/TorchSharp #1434): a garbage collection at that moment frees it, and
/// the operation fails, or goes on with another number. Here it lives until torch is done. TorchSharp's own operators do not see to that either: a sum makes
/// a scalar of 1, the factor of its second term, even where both terms are tensors.
/// </remarks>
internal static class TorchNumbers
{
    extension(torch.Tensor tensor)
    {
        /// <summary>x a, as a new tensor.</summary>
        internal torch.Tensor Times(double factor)
        {
            using var scalar = factor.ToScalar();
            return tensor.mul(scalar);
        }

        /// <summary>x + a, as a new tensor.</summary>
        internal torch.Tensor Plus(double summand)
        {
            using Scalar scalar = summand.ToScalar(), one = 1.0.ToScalar();
            return tensor.add(scalar, one);
        }

        /// <summary>x + y, as a new tensor.</summary>
        internal torch.Tensor Plus(torch.Tensor other)
        {
            using var one = 1.0.ToScalar();
            return tensor.add(other, one);
        }

        /// <summary>x = x a.</summary>
        internal torch.Tensor Scale(double factor)
        {
            using var scalar = factor.ToScalar();
            return tensor.mul_(scalar);
        }

        /// <summary>x = x + a.</summary>
        internal torch.Tensor Add(double summand)
        {
            using Scalar scalar = summand.ToScalar(), one = 1.0.ToScalar();
            return tensor.add_(scalar, one);
        }

        /// <summary>x = x + a y.</summary>
        internal torch.Tensor AddScaled(torch.Tensor other, double factor)
        {
            using var scalar = factor.ToScalar();
            return tensor.add_(other, scalar);
        }

        /// <summary>x = x + a y z.</summary>
        internal torch.Tensor AddProduct(torch.Tensor left, torch.Tensor right, double factor)
        {
            using var scalar = factor.ToScalar();
            return tensor.addcmul_(left, right, scalar);
        }

        /// <summary>x = x + a y / z.</summary>
        internal torch.Tensor AddQuotient(torch.Tensor numerator, torch.Tensor denominator, double factor)
        {
            using var scalar = factor.ToScalar();
            return tensor.addcdiv_(numerator, denominator, scalar);
        }

        /// <summary>The values with another in the place of those that a mask names.</summary>
        internal torch.Tensor Fill(torch.Tensor mask, double value)
        {
            using var scalar = value.ToScalar();
            return tensor.masked_fill(mask, scalar);
        }

        /// <summary>The values, but none outside of bounds.</summary>
        internal torch.Tensor Within(double least, double most)
        {
            using Scalar lower = least.ToScalar(), upper = most.ToScalar();
            return tensor.clamp(lower, upper);
        }
    }

    /// <summary>0, 1, 2 and so on.</summary>
    internal static torch.Tensor Range(long count, torch.Device device)
    {
        float[] values = new float[count];
        for (int i = 0; i < values.Length; i++) values[i] = i;
        return TorchArrays.Tensor(values, [count], device);
    }
}
