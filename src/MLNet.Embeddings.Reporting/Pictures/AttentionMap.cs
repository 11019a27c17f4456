using ScottPlot;

namespace MLNet.Embeddings;

/// <summary>Which tokens of its source each token of an output attended to.</summary>
public sealed class AttentionMap
{
    private const int MostTokens = 50, LongestToken = 20;

    private readonly IReadOnlyList<string> _source, _output;
    private readonly IReadOnlyList<float> _shares;

    /// <summary>Makes the map of a row that an encoder-decoder with attention has scored.</summary>
    /// <param name="source">The tokens of the source.</param>
    /// <param name="output">The tokens of the output.</param>
    /// <param name="shares">The row's attention: a share from 0 to 1 for each token of the source, for one token of the output after the other.</param>
    /// <exception cref="ArgumentException">There is no token, or not one share for each two tokens.</exception>
    public AttentionMap(IReadOnlyList<string> source, IReadOnlyList<string> output, IReadOnlyList<float> shares)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(shares);
        if (source.Count == 0 || output.Count == 0)
            throw new ArgumentException("There is no token of source or output, so there is nothing to draw; give some.");
        if (shares.Count != source.Count * output.Count)
        {
            throw new ArgumentException(
                $"There are {shares.Count} shares; {output.Count} tokens of output and {source.Count} of source need {source.Count * output.Count}: " +
                "one for each token of the source, for one token of the output after the other.", nameof(shares));
        }
        (_source, _output, _shares) = (source, output, shares);
    }

    /// <summary>Draws a row of cells for each token of the output, the first on top: the darker, the more it attended to that token of the source.</summary>
    /// <param name="path">The file to write, or to replace; its extension says as what: .png or .svg.</param>
    /// <param name="options">Size and title; null for the defaults.</param>
    /// <remarks>Of more than 50 tokens the first 50 are drawn.</remarks>
    /// <example><code>
    /// new AttentionMap(["3", "May"], ["05", "-", "03"], row.Attention).SavePlot("attention.png");
    /// </code></example>
    /// <exception cref="ArgumentException">The extension is another one, or the options are out of range.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SavePlot(string path, PlotOptions? options = null) =>
        Picture.Save(path, options, "What each token of the output attended to", (plot, _) => Draw(plot, this));

    /// <summary>Draws a map.</summary>
    internal static void Draw(Plot plot, AttentionMap map)
    {
        string[] source = Names(map._source), output = Names(map._output);
        double[,] shares = new double[output.Length, source.Length];
        for (int i = 0; i < output.Length; i++)
            for (int j = 0; j < source.Length; j++) shares[i, j] = map._shares[i * map._source.Count + j];
        Cells.Draw(plot, shares, source, output, LongestToken);
        plot.XLabel("Source");
        plot.YLabel("Output");
    }

    private static string[] Names(IReadOnlyList<string> tokens) => [.. tokens.Take(MostTokens).Select(token => token == " " ? "␣" : token)];
}
