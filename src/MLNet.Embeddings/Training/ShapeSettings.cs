using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>The settings that a form of columns and layers follows from, in the words of the public options.</summary>
internal static class ShapeSettings
{
    /// <summary>In which settings two forms differ: those of the first and those of the second, as "Dimensions = 8, Table = 'words'".</summary>
    internal static (string Then, string Now) Differences(string[] then, string[] now) =>
        (string.Join(", ", then.Except(now)), string.Join(", ", now.Except(then)));

    internal static string[] Of(HeadShape head) =>
    [
        $"HiddenUnits = [{string.Join(", ", head.HiddenUnits)}]", $"Combination = {head.Combination}", $"Activation = {head.Activation}",
        $"Normalization = {head.Normalization}", $"EnsembleSize = {head.EnsembleSize}",
    ];

    internal static string[] Of(ColumnShape column) => column switch
    {
        CategoryShape category => ["InputColumn.Category", .. OfTable(category)],
        BagShape bag => ["InputColumn.Bag", .. OfTable(bag), $"Pooling = {bag.Pooling}"],
        SequenceShape sequence => ["InputColumn.Sequence", .. OfTable(sequence), $"Encoder = {Of(sequence.Encoder)}"],
        NumberShape numbers => ["InputColumn.Number", $"{numbers.Size} numbers", $"Encoder = {Of(numbers.Encoder)}"],
        _ => [],
    };

    private static string[] OfTable(EmbeddingShape column) =>
        [$"Dimensions = {column.Dimensions}", $"Table = {(column.SharedTable is { } table ? $"'{table}'" : "null")}"];

    private static string Of(SequenceEncoder encoder) => "SequenceEncoder." + encoder switch
    {
        RecurrentEncoder recurrent => string.Create(CultureInfo.InvariantCulture,
            $"{(recurrent is LstmEncoder ? "Lstm" : "Gru")}({recurrent.Units}, layers: {recurrent.Layers}, bidirectional: {Of(recurrent.Bidirectional)}, " +
            $"dropout: {recurrent.Dropout}, readout: {recurrent.Readout})"),
        ConvolutionEncoder convolution => $"Convolution([{string.Join(", ", convolution.Widths)}], {convolution.Filters})",
        PoolingEncoder pooling => $"{pooling.Pooling}()",
        _ => "",
    };

    private static string Of(NumberEncoder encoder) => "NumberEncoder." + encoder switch
    {
        PiecewiseLinearEncoder pieces =>
            $"PiecewiseLinear({(pieces.Bins is { } bins ? $"{bins}" : "null")}, dimensions: {pieces.Dimensions}, binning: {pieces.Binning})",
        PeriodicEncoder waves => string.Create(CultureInfo.InvariantCulture,
            $"Periodic({waves.Dimensions}, frequencies: {waves.Frequencies}, deviation: {waves.Deviation})"),
        QuantileEncoder => "Quantile()",
        _ => "Standard()",
    };

    private static string Of(bool value) => value ? "true" : "false";
}
