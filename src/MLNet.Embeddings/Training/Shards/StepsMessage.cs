namespace MLNet.Embeddings;

/// <summary>Fitted steps as a message: their entries as in a model file.</summary>
internal static class StepsMessage
{
    internal static void Write(BinaryWriter writer, IReadOnlyList<FittedStep> steps)
    {
        writer.Write(steps.Count);
        List<(string Name, byte[] Bytes)> entries = [];
        var all = new EntryWriter((name, body) =>
        {
            using var stream = new MemoryStream();
            body(stream);
            entries.Add((name, stream.ToArray()));
        });
        foreach (var (i, step) in steps.Index()) step.Write(all.Part(Name(i)));
        writer.Write(entries.Count);
        foreach (var (name, bytes) in entries)
        {
            writer.Write(name);
            writer.WriteBytes(bytes);
        }
    }

    /// <exception cref="FormatException">The message is damaged.</exception>
    internal static FittedStep[] Read(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        Dictionary<string, byte[]> entries = [];
        for (int left = reader.ReadInt32(); left > 0; left--) entries.Add(reader.ReadString(), reader.ReadBytes());
        return [.. Enumerable.Range(0, count).Select(i => FittedStep.Read(new EntryReader((name, use) => Use($"{Name(i)}.{name}", use)))!)];

        bool Use(string name, Action<Stream> use)
        {
            if (!entries.TryGetValue(name, out byte[]? bytes)) return false;
            using var stream = new MemoryStream(bytes, writable: false);
            use(stream);
            return true;
        }
    }

    private static string Name(int index) => $"steps.{index}";
}
