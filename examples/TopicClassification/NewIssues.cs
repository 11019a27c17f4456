namespace TopicClassification;

/// <summary>Issues that no data set has, to predict.</summary>
internal static class NewIssues
{
    internal static Issue[] All { get; } =
    [
        new()
        {
            Title = "HttpClient hangs when the proxy closes the connection",
            Description = "The request never completes and no exception is thrown. It happens with HTTP and with a socket of our own.",
        },
        new()
        {
            Title = "FileStream loses the last bytes of a file",
            Description = "Copying a large file to another directory, the stream is not flushed when it is disposed.",
        },
        new()
        {
            Title = "Reading a certificate from a stream fails",
            Description = "The private key cannot be loaded on Linux, the file can be read. Is it the encryption?",
        },
        new() { Title = "Add an overload for Span of char" },
        new() { Title = "The daily build is broken", Description = "The package is not restored on the machine that runs the tests." },
    ];
}
