using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>A file of JSON objects: one a line, or an array of them.</summary>
internal sealed class JsonSource : TableSource
{
    private readonly Dictionary<string, int> _columns;

    private JsonSource(string path, TableOptions options, Dictionary<string, int> columns) : base(path, options) =>
        (_columns, Names) = (columns, [.. columns.Keys]);

    internal override IReadOnlyList<string> Names { get; }

    /// <summary>Reads the names of all rows, or of those that types are inferred from.</summary>
    /// <exception cref="TableFormatException">The file is empty or no JSON, or has no names.</exception>
    internal static new JsonSource Of(string path, TableOptions options)
    {
        TextFile.Check(path);
        Dictionary<string, int> columns = [];
        if (options.Columns is { } known)
        {
            foreach (string name in known) columns.Add(name, columns.Count);
            return new JsonSource(path, options with { Format = TableFormat.Json }, columns);
        }
        int rows = 0;
        using (var objects = JsonObjects.Open(path, options.Encoding))
        {
            while (rows < (options.RowsToInfer ?? int.MaxValue) && objects.Read())
            {
                rows++;
                foreach (var member in objects.Current.EnumerateObject()) columns.TryAdd(member.Name, columns.Count);
            }
        }
        if (columns.Count == 0) throw new TableFormatException(path, "the file has no objects with names; a table needs a row at least.");
        return new JsonSource(path, options with { Format = TableFormat.Json }, columns);
    }

    internal override TableReader Open(Func<int, bool> isNeeded) => new JsonReader(Path, _columns, JsonObjects.Open(Path, Options.Encoding));

    /// <summary>The values of one object at a time.</summary>
    private sealed class JsonReader(string path, Dictionary<string, int> columns, JsonObjects objects) : TableReader
    {
        private readonly (FieldKind Kind, string Text)[] _fields = new (FieldKind, string)[columns.Count];

        internal override string Place => objects.Place;

        internal override bool Read()
        {
            if (!objects.Read()) return false;
            Array.Fill(_fields, (FieldKind.Missing, ""));
            foreach (var member in objects.Current.EnumerateObject())
            {
                if (!columns.TryGetValue(member.Name, out int column))
                {
                    throw new TableFormatException(path,
                        "none of the rows from which the columns were found has a value of this name. Raise RowsToInfer, or leave it out.", Place, member.Name);
                }
                _fields[column] = member.Value.ValueKind switch
                {
                    JsonValueKind.Null => (FieldKind.Missing, ""),
                    JsonValueKind.String => (FieldKind.Text, member.Value.GetString()!),
                    JsonValueKind.Number => (FieldKind.Value, member.Value.GetRawText()),
                    JsonValueKind.True => (FieldKind.Value, "true"),
                    JsonValueKind.False => (FieldKind.Value, "false"),
                    var nested => throw new TableFormatException(path,
                        $"the value is {(nested == JsonValueKind.Array ? "an array" : "an object")}; a column holds texts, numbers, true and false. Make a " +
                        "column of each of its values, or leave it out.", Place, member.Name),
                };
            }
            return true;
        }

        internal override FieldKind KindOf(int column) => _fields[column].Kind;

        internal override ReadOnlyMemory<char> TextOf(int column) => _fields[column].Text.AsMemory();

        public override void Dispose() => objects.Dispose();
    }
}
