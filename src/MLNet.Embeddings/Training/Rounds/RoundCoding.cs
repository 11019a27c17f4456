using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>How the numbers of a round are written: floats as they lie in memory, or with 16 bits each; numbers of rows by their differences.</summary>
internal static class RoundCoding
{
    private const float LargestHalf = 32_768;

    extension(BinaryWriter writer)
    {
        /// <summary>Writes floats whose number the reader knows.</summary>
        internal void WriteFloats(ReadOnlySpan<float> values, bool half)
        {
            if (!half)
            {
                writer.Write(MemoryMarshal.AsBytes(values));
                return;
            }
            // A power of two, so that to multiply by it rounds nothing; the largest number then uses the range of halves well.
            float most = values.IsEmpty ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(values));
            float scale = most > 0 && float.IsFinite(most) ? MathF.ScaleB(1, Math.Clamp((int)MathF.Floor(MathF.Log2(LargestHalf / most)), -100, 100)) : 1;
            writer.Write(scale);
            const int AtOnce = 4_096;
            Span<float> scaled = stackalloc float[AtOnce];
            Span<Half> halves = stackalloc Half[AtOnce];
            for (int start = 0; start < values.Length; start += AtOnce)
            {
                var some = values[start..Math.Min(values.Length, start + AtOnce)];
                TensorPrimitives.Multiply(some, scale, scaled);
                TensorPrimitives.ConvertToHalf(scaled[..some.Length], halves);
                writer.Write(MemoryMarshal.AsBytes(halves[..some.Length]));
            }
        }

        /// <summary>Writes rows of a table (rows, dimensions) whose numbers the reader knows.</summary>
        internal void WriteRows(ReadOnlySpan<float> table, int dimensions, ReadOnlySpan<int> rows, bool half)
        {
            if (!half)
            {
                foreach (int row in rows) writer.Write(MemoryMarshal.AsBytes(table.Slice(row * dimensions, dimensions)));
                return;
            }
            // Together, as halves have one scale.
            float[] values = ArrayPool<float>.Shared.Rent(rows.Length * dimensions);
            for (int i = 0; i < rows.Length; i++) table.Slice(rows[i] * dimensions, dimensions).CopyTo(values.AsSpan(i * dimensions));
            writer.WriteFloats(values.AsSpan(0, rows.Length * dimensions), half);
            ArrayPool<float>.Shared.Return(values);
        }

        /// <summary>Writes rising numbers from 0 on.</summary>
        internal void WriteRising(ReadOnlySpan<int> values)
        {
            writer.Write7BitEncodedInt(values.Length);
            int last = 0;
            foreach (int value in values)
            {
                writer.Write7BitEncodedInt(value - last);
                last = value;
            }
        }
    }

    extension(BinaryReader reader)
    {
        /// <summary>Fills floats with what <see cref="WriteFloats"/> wrote.</summary>
        internal void ReadFloats(Span<float> values, bool half)
        {
            if (!half)
            {
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
                return;
            }
            reader.ReadHalves(values, 1 / reader.ReadSingle());
        }

        private void ReadHalves(Span<float> values, float scale)
        {
            const int AtOnce = 4_096;
            Span<Half> halves = stackalloc Half[Math.Min(AtOnce, values.Length)];
            for (int start = 0; start < values.Length; start += AtOnce)
            {
                var some = values[start..Math.Min(values.Length, start + AtOnce)];
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(halves[..some.Length]));
                TensorPrimitives.ConvertToSingle(halves[..some.Length], some);
                TensorPrimitives.Multiply(some, scale, some);
            }
        }

        /// <summary>Fills rows of a table (rows, dimensions) with what <see cref="WriteRows"/> wrote.</summary>
        internal void ReadRows(Span<float> table, int dimensions, ReadOnlySpan<int> rows, bool half)
        {
            float scale = half ? 1 / reader.ReadSingle() : 1;
            foreach (int row in rows)
            {
                var values = table.Slice(row * dimensions, dimensions);
                if (half) reader.ReadHalves(values, scale);
                else reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
            }
        }

        /// <summary>Reads what <see cref="WriteRising"/> wrote.</summary>
        /// <param name="end">All must be below.</param>
        /// <exception cref="FormatException">They are not.</exception>
        internal int[] ReadRising(int end)
        {
            int count = reader.Read7BitEncodedInt();
            if (count < 0 || count > end) throw Damaged($"{count} rows of {end}");
            int[] values = new int[count];
            int last = 0;
            for (int i = 0; i < count; i++)
            {
                last += reader.Read7BitEncodedInt();
                if (last < 0 || last >= end) throw Damaged($"row {last} of {end}");
                values[i] = last;
            }
            return values;
        }
    }

    /// <summary>The error for a message that is none of a round.</summary>
    internal static FormatException Damaged(string what) =>
        new($"A message between the coordinator and a worker names {what}: both must run the same version of MLNet.Embeddings, on the same fit.");
}
