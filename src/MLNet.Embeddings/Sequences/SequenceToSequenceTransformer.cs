using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A fitted encoder-decoder, which decodes one sequence from another. Made by <see cref="SequenceToSequenceEstimator"/>.</summary>
/// <remarks>
/// <para>The names of the added columns begin with that of the output, here "Y".</para>
/// <list type="table">
/// <listheader><term>column</term><description>type and meaning</description></listheader>
/// <item><term>Y</term><description>Text: the best output that was found.</description></item>
/// <item><term>Y.Tokens</term><description>Vector of Key, of any length: its tokens, with their terms as KeyValues.</description></item>
/// <item><term>Y.LogProbability</term><description>Single: the natural logarithm of its probability, its end included.</description></item>
/// <item><term>Y.Alternatives</term><description>Vector of Text, with <see cref="DecodingOptions.Alternatives"/> above 1: the best outputs, the best first;
/// empty texts where fewer were found.</description></item>
/// <item><term>Y.AlternativeScores</term><description>Vector of Single, beside these: what they are ranked by, the logarithm of their probability over the
/// length penalty; NaN where there is none.</description></item>
/// <item><term>Y.Attention</term><description>Vector of Single, of any length, with attention: for each token of the output the share that each token of the
/// source had, which add up to 1; one token of the output after the other.</description></item>
/// <item><term>Y.TargetTokens</term><description>Vector of Key, if the input has the target column: its tokens, all of them.</description></item>
/// <item><term>Y.TargetLogProbability</term><description>Single, if the input has the target column: the natural logarithm of the probability of that target,
/// its end included; NaN if source or target is empty.</description></item>
/// </list>
/// <para>
/// An empty or missing source has the empty output, with a logarithm of 0 and no alternatives. The unknown term is never given out: the next best is. An
/// output that
/// has not ended at the greatest length is ended there.
/// </para>
/// <para>
/// Decoding is managed code: it loads no native library. Any number of threads may use one transformer at once. It is lazy, and computes what
/// the columns asked for need; a prediction engine, what its class reads. A cursor reads ahead, at most as many rows as it has given out and never more than
/// 256, and decodes them together on all cores. A row's output does not depend on the rows beside it.
/// </para>
/// </remarks>
public sealed class SequenceToSequenceTransformer : RowMappingTransformer, INetworkModel
{
    /// <summary>The name of this kind of transformer in model files.</summary>
    internal const string Kind = "SequenceToSequence";

    private const string SourceEntry = "source.json", TargetEntry = "target.json";

    private readonly SequenceToSequenceShape _shape;
    private readonly TokenColumn _source, _target;
    private readonly Vocabulary _terms;
    private readonly TrainedParameters _parameters;

    internal SequenceToSequenceTransformer(SequenceToSequenceShape shape, TokenIndexingTransformer? source, Vocabulary terms, TrainedEncoderDecoder network)
        : this(shape, source, terms, network, new TrainedParameters(network)) { }

    private SequenceToSequenceTransformer(
        SequenceToSequenceShape shape, TokenIndexingTransformer? source, Vocabulary terms, TrainedEncoderDecoder network, TrainedParameters parameters)
    {
        (_shape, _terms, Network, _parameters) = (shape, terms, network, parameters);
        _source = new TokenColumn("source", shape.Source, source, shape.Network.Source.KeyCount);
        _target = new TokenColumn("target", shape.Target, shape.TargetCutting is { } cutting ? new(cutting, terms) : null, shape.Network.Target.KeyCount);
    }

    /// <summary>How the fit went, epoch by epoch; saved with the model.</summary>
    public TrainingHistory History => _shape.History;

    /// <summary>How outputs are searched for; saved with the model.</summary>
    public DecodingOptions Decoding => _shape.Decoding;

    /// <summary>The network.</summary>
    internal TrainedEncoderDecoder Network { get; }

    /// <summary>The same fitted network with another way to search for outputs; this transformer stays as it is.</summary>
    /// <param name="decoding">The settings.</param>
    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    public SequenceToSequenceTransformer WithDecoding(DecodingOptions decoding)
    {
        ArgumentNullException.ThrowIfNull(decoding);
        OptionErrors.ThrowIfAny("The settings of decoding", decoding.Faults(), nameof(decoding));
        return new SequenceToSequenceTransformer(_shape with { Decoding = decoding.Decided }, _source.Indexing, _terms, Network, _parameters);
    }

    /// <summary>Reads a transformer from a model file.</summary>
    /// <exception cref="FormatException">The file is damaged, or holds what is no encoder-decoder.</exception>
    internal static SequenceToSequenceTransformer Read(EntryReader entries)
    {
        var shape = entries.ReadShape(SequenceJson.Default.SequenceToSequenceShape).WithBeam();
        foreach (var read in new[] { shape.SourceCutting, shape.TargetCutting }) read?.RequireSound();
        if (shape.Faults().FirstOrDefault() is { } fault) throw EntryReader.Damaged(ShapeDocument.EntryName, fault);

        int targets = shape.Network.Target.KeyCount;
        var terms = VocabularyEntry.Read(entries, targets, name: TargetEntry);
        TokenIndexingTransformer? source = shape.SourceCutting is not { } cutting ? null : new(cutting, cutting.HashBuckets is { } buckets
            ? new HashedKeys(buckets)
            : VocabularyEntry.Read(entries, shape.Network.Source.KeyCount, name: SourceEntry));
        if (source is not null && source.KeyCount != shape.Network.Source.KeyCount)
            throw EntryReader.Damaged(ShapeDocument.EntryName, "Its source has other keys than its network.");

        var network = new TrainedEncoderDecoder(shape.Network, entries.Read(SafeTensors.EntryName, SafeTensors.Read));
        if (network.Mismatch() is { } mismatch) throw EntryReader.Damaged(SafeTensors.EntryName, mismatch);
        return new SequenceToSequenceTransformer(shape, source, terms, network);
    }

    private protected override RowBinding Bind(DataViewSchema input) => new DecodedBinding(
        input, _source, _target, CreateDecoder,
        hasTarget => OutputColumns.Of(_shape.Output, _shape.TermsOf(_terms), Decoding.Alternatives, _shape.Network.Attends, hasTarget));

    IReadOnlyList<RowMappingTransformer> INetworkModel.Steps => [.. new[] { _source.Indexing, _target.Indexing }.OfType<RowMappingTransformer>()];

    IReadOnlyList<(string Name, ColumnShape Shape)> INetworkModel.Columns =>
        [(_source.KeysName, _shape.Network.Source), (_target.KeysName, _shape.Network.Target)];

    IReadOnlyList<TrainedArrays> INetworkModel.Networks => [Network];

    RowBinding INetworkModel.BindFeatures(DataViewSchema input, string outputColumnName) => new DecodedBinding(
        input, _source, _target, CreateDecoder, _ => [OutputColumns.States(outputColumnName, _shape.Network.EncodedSize)]);

    /// <summary>Adds the encoder-decoder to a graph, which decodes token by token.</summary>
    /// <exception cref="NotSupportedException">It searches for outputs by a beam, or its source cannot be told in operators of ONNX.</exception>
    internal override void AddTo(OnnxPipeline pipeline)
    {
        if (Decoding is not { Width: 1, Alternatives: 1 })
        {
            throw new NotSupportedException(
                $"The model decodes by a beam of {Decoding.Width} outputs and gives {Decoding.Alternatives}; an ONNX file takes the most probable token at " +
                "each place. Export model.With(new DecodingOptions { BeamWidth = 1 }), whose outputs are those of the file.");
        }
        var graph = pipeline.Graph;
        var inputs = new OnnxInputs(graph, _source.Indexing is { Step: var step } ? [step] : [], pipeline.Column);
        var decoder = new OnnxDecoder(graph, Network, DecodingSettings.Of(Decoding, _shape.Network).MaxLength);
        var (texts, logProbabilities) = decoder.Decode(inputs.KeysOf(_source.KeysName), _shape.TermsOf(_terms).Spelling());
        pipeline.Set(_shape.Output, texts);
        pipeline.Set(_shape.Output + OutputColumns.LogProbability, logProbabilities);
    }

    /// <summary>What one thread computes with; what is computed of the weights alone is shared by all threads.</summary>
    private SequenceDecoder CreateDecoder() => new(
        new EncoderDecoderNetwork(_shape.Network, _parameters, threads: 1, DropoutPlan.None), DecodingSettings.Of(Decoding, _shape.Network));

    internal override void Write(EntryWriter entries)
    {
        entries.Write(SafeTensors.EntryName, stream => SafeTensors.Write(stream, Network.Weights));
        _source.Indexing?.Vocabulary?.Write(entries, SourceEntry);
        _terms.Write(entries, TargetEntry);
        entries.WriteShape(Kind, _shape, SequenceJson.Default.SequenceToSequenceShape);
    }
}
