using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace MLNet.Embeddings;

/// <summary>Fills the page, whose parts are resources of the assembly, and writes it.</summary>
internal static partial class PageFile
{
    private static readonly string[] Styles = ["page.css", "tables.css", "pictures.css", "maps.css", "reasons.css", "print.css"];

    /// <summary>The whole page.</summary>
    /// <param name="parts">HTML by the name of its place.</param>
    internal static string Fill(IReadOnlyDictionary<string, string> parts)
    {
        string script = Read("maps.js");
        var all = new Dictionary<string, string>(parts)
        {
            ["style"] = string.Concat(Styles.Select(Read)),
            ["script"] = script,
            // Of all scripts that a page might come to hold, only this one may run.
            ["hash"] = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script))),
        };
        // In one pass: what is put in is not looked through again.
        return Place().Replace(Read("page.html"), match => all[match.Groups[1].Value]);
    }

    /// <summary>Writes a file as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="make">Makes the page; it is not called where the file cannot be written.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal static void Write(string path, Func<string> make)
    {
        string target = Path.GetFullPath(path), temporary = $"{target}.{Path.GetRandomFileName()}.writing";
        try
        {
            using (var writer = new StreamWriter(temporary)) writer.Write(make());
            File.Move(temporary, target, overwrite: true);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"The file '{path}' cannot be written: {e.Message} Give the process the right to it, or name another place.", e);
        }
        finally
        {
            // Gone already if it was moved.
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    /// <summary>A resource, its lines ending alike on all systems.</summary>
    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Place();
}
