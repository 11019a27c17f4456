namespace MLNet.Embeddings.Robustness;

/// <summary>Alters bytes: flips, overwrites, cuts off, leaves out, puts in, repeats.</summary>
/// <param name="random">The generator.</param>
internal sealed class ByteMutation(Random random)
{
    private const int LongestPart = 64;

    internal byte[] Apply(byte[] bytes)
    {
        if (bytes.Length == 0) return [(byte)random.Next(256)];
        int at = random.Next(bytes.Length), end = Math.Min(bytes.Length, at + 1 + random.Next(LongestPart));
        byte[] part = bytes[at..end];
        switch (random.Next(6))
        {
            case 0: return [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.Next(8))), .. bytes[(at + 1)..]];
            case 1: return bytes[..at];
            case 2: return [.. bytes[..at], .. bytes[end..]];
            case 3: return [.. bytes[..end], .. part, .. bytes[end..]];
            case 4: Array.Fill(part, random.Of<byte>(0, 0xff, 0x7f, (byte)' ', (byte)'\n', (byte)'9')); break;
            default: random.NextBytes(part); break;
        }
        return [.. bytes[..at], .. part, .. bytes[end..]];
    }
}
