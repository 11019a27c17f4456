using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Makes steps of features of a pipeline's networks.</summary>
internal static class ModelFeatures
{
    /// <summary>The features of the last networks of a pipeline, behind those of its steps that they need.</summary>
    /// <param name="steps">The steps of the pipeline, none of which is a chain.</param>
    /// <param name="outputColumnName">Name of the column of vectors.</param>
    /// <param name="inputColumnName">The one column that is read, by its name in the data or in front of the networks; null for all.</param>
    /// <exception cref="ArgumentException">There is no such column, or there is no network.</exception>
    internal static ITransformer Of(IReadOnlyList<ITransformer> steps, string outputColumnName, string? inputColumnName)
    {
        var all = TracedNetworks.Of(steps);
        var networks = inputColumnName is null ? all[0] : all.FirstOrDefault(one => one.Find(inputColumnName).Count > 0) ?? throw new ArgumentException(
            $"The model reads no column '{inputColumnName}'. It reads {string.Join(", ", all[0].Names.Select(name => $"'{name}'"))}.", nameof(inputColumnName));
        var columns = inputColumnName is null ? networks.Model.Columns : networks.Find(inputColumnName);
        RowMappingTransformer model = networks.Model switch
        {
            MultiEmbeddingTransformer embedding => Reduce(embedding, networks, [.. columns.Select(column => column.Shape)], inputColumnName),
            SequenceToSequenceTransformer sequences when columns[0].Shape == sequences.Network.Shape.Source => sequences,
            SequenceToSequenceTransformer => throw new ArgumentException(
                $"Column '{inputColumnName}' is the target of the model, which is not encoded. Leave the name out for the encoder's state of the source.",
                nameof(inputColumnName)),
            _ => throw new UnreachableException($"{networks.Model}"),
        };
        var features = new FeaturesTransformer(model, outputColumnName);
        string[] read = [.. (model is SequenceToSequenceTransformer ? columns.Take(1) : columns).Select(column => column.Name)];
        var (front, askForMore) = networks.FrontOf(read);
        if (front.Count == 0) return features;
        var chain = new TransformerChain<ITransformer>([.. front, features]);
        return askForMore ? ScoringTransformer.Of(chain) : chain;
    }

    /// <summary>The networks without a wide part; of one input column, its encoders alone, whose output layer reads what they make.</summary>
    private static MultiEmbeddingTransformer Reduce(MultiEmbeddingTransformer model, TracedNetworks networks, ColumnShape[] columns, string? input)
    {
        var shape = model.Model.Shape;
        var reduced = new TrainedModel(model.Model.Networks, Wide: null, Mixture: []);
        if (input is not null)
        {
            shape = shape with { Columns = columns, Head = new HeadShape([]), Labels = [new BinaryLabelShape(shape.Labels[0].Name)] };
            reduced = reduced with { Networks = [.. model.Model.Networks.Select(network => new TrainedNetwork(shape, Weights(network, shape)))] };
        }
        return new MultiEmbeddingTransformer(networks.OwnOf(columns.Select(column => column.Name)), reduced, model.History);
    }

    /// <summary>The arrays of a form: those of the columns; zeros for an output layer, whose score nobody asks for.</summary>
    private static Dictionary<string, WeightArray> Weights(TrainedNetwork network, NetworkShape shape)
    {
        string[] head = [.. shape.Head.Weights(shape.CombinedSize, shape.Outputs).Select(weight => weight.Name)];
        return shape.Weights().ToDictionary(weight => weight.Name, weight => head.Contains(weight.Name)
            ? new WeightArray(weight.Extents, new float[weight.Extents.Aggregate((product, extent) => product * extent)])
            : network.Weights[weight.Name]);
    }
}
