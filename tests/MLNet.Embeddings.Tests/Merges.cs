namespace MLNet.Embeddings.Tests;

/// <summary>Checks what is merged of parts of rows.</summary>
internal static class Merges
{
    /// <summary>Everything that was found, as bytes.</summary>
    internal static byte[] Bytes(IMergeable found)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) found.Write(writer);
        return stream.ToArray();
    }

    /// <summary>Merges what was written.</summary>
    internal static T Merge<T>(T into, params IEnumerable<byte[]> parts) where T : IMergeable
    {
        foreach (byte[] part in parts)
        {
            using var reader = new BinaryReader(new MemoryStream(part));
            into.Merge(reader);
            Assert.AreEqual(part.Length, reader.BaseStream.Position, "All that was written is read.");
        }
        return into;
    }

    /// <summary>
    /// Cuts rows at random places, looks at each part by itself and merges the parts in random orders, alone and in groups: all must have the same bits.
    /// </summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="measure">Looks at the rows of a part.</param>
    /// <param name="empty">Makes what is merged into.</param>
    /// <param name="check">Checks what came of it; given each time.</param>
    internal static void Check<T>(int rows, Func<int, Range, T> measure, Func<T> empty, Action<T> check) where T : IMergeable
    {
        for (int seed = 0; seed < 4; seed++)
        {
            var random = new Random(seed);
            int[] cuts = [0, .. Enumerable.Range(0, 1 + 2 * seed).Select(_ => random.Next(rows + 1)).Order(), rows];
            byte[][] parts = [.. cuts.Zip(cuts.Skip(1)).Select((cut, part) => Bytes(measure(part, cut.First..cut.Second)))];
            byte[]? expected = null;
            for (int order = 0; order < 4; order++)
            {
                random.Shuffle(parts);
                int group = random.Next(parts.Length + 1);
                byte[][] grouped = [.. parts.Skip(group), Bytes(Merge(empty(), parts.Take(group)))];
                var merged = Merge(empty(), order % 2 == 0 ? parts : grouped);
                expected ??= Bytes(merged);
                CollectionAssert.AreEqual(expected, Bytes(merged), $"seed {seed}, order {order}");
                check(merged);
            }
        }
    }

    /// <summary>Cuts off and alters what was written: it must be refused as a fault of its form.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="empty">Makes what is merged into.</param>
    internal static void RefusesDamage<T>(T written, Func<T> empty) where T : IMergeable
    {
        byte[] bytes = Bytes(written);
        Merge(empty(), bytes);
        int step = Math.Max(1, bytes.Length / 50);
        for (int length = 0; length < bytes.Length; length += step) Refuses(empty(), bytes[..length]);
        Refuses(empty(), bytes[..^1]);
        byte[] other = [.. bytes];
        other[1]++;
        Refuses(empty(), other);
        Refuses(empty(), [.. Enumerable.Repeat((byte)255, 100)]);
        Refuses(empty(), Bytes(new Other()));
    }

    internal static void Refuses(IMergeable into, byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        Assert.ThrowsExactly<FormatException>(() => into.Merge(reader), $"{into.GetType().Name}: {bytes.Length} bytes");
    }

    private sealed class Other : IMergeable
    {
        public void Write(BinaryWriter writer)
        {
            Merging.Begin(writer, nameof(Other));
            for (int i = 0; i < 100; i++) writer.Write7BitEncodedInt(i);
        }

        public void Merge(BinaryReader reader) { }
    }
}
