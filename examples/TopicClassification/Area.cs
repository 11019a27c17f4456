namespace TopicClassification;

/// <summary>A part of a software library that generated issues are about.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">How often issues are about it, beside others.</param>
/// <param name="Things">What its issues speak of. Some things belong to several areas.</param>
internal sealed record Area(string Name, int Share, string[] Things)
{
    internal static Area[] All { get; } =
    [
        new("area-System.Net", 30,
            ["HttpClient", "the socket", "the proxy", "the connection", "a DNS lookup", "the TLS handshake", "the request", "a stream", "the cookie header"]),
        new("area-System.IO", 18,
            ["FileStream", "a stream", "the directory", "the pipe", "the path", "a large file", "the file watcher", "the archive", "the buffer"]),
        new("area-Infrastructure", 16,
            ["the daily build", "the test run", "the package", "the build script", "the test machine", "the restore", "the analyzer"]),
        new("area-System.Memory", 12, ["Span", "Memory", "the buffer", "the array pool", "a slice", "the overload for char", "the UTF-8 text"]),
        new("area-System.Security", 9,
            ["the certificate", "the private key", "the hash", "the encryption", "the TLS handshake", "the signature", "the key store"]),
        new("area-System.Data", 8,
            ["SqlConnection", "the connection", "the transaction", "the DataTable", "the stored procedure", "the query", "the connection string"]),
        new("area-System.Threading", 6, ["the Task", "the lock", "the timer", "the thread pool", "the cancellation token", "the continuation", "the request"]),
        new("area-Serialization", 5, ["the XML serializer", "the DataContract", "the private field", "the JSON text", "the schema", "the type resolver"]),
        new("area-System.Globalization", 3, ["the culture", "the calendar", "the time zone", "the comparison of texts", "the UTF-8 text", "the currency sign"]),
        new("area-System.Console", 2, ["the console", "the key press", "the cursor", "the terminal", "the colour", "the standard input"]),
    ];

    /// <summary>Each area as often as its share says.</summary>
    internal static Area[] ByShare { get; } = [.. All.SelectMany(area => Enumerable.Repeat(area, area.Share))];
}
