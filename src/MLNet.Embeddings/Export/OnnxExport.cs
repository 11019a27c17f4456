using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Makes an ONNX file of a whole pipeline: raw columns in, score columns out.</summary>
internal sealed class OnnxExport
{
    /// <summary>The operators that join texts.</summary>
    private const int TextOperators = 20;

    private readonly OnnxGraph _graph;
    private readonly OnnxPipeline _pipeline;
    private readonly Dictionary<string, string> _metadata = [];
    private string[] _columns;

    private OnnxExport(ITransformer model, DataViewSchema input)
    {
        bool decodes = model.Steps().OfType<SequenceToSequenceTransformer>().Any();
        _graph = decodes ? new("MLNet.Embeddings") { OperatorVersion = TextOperators } : new("MLNet.Embeddings");
        _pipeline = new OnnxPipeline(_graph, input);
        _columns = [.. input.Select(column => column.Name)];
    }

    /// <exception cref="ArgumentException">The model makes no score columns.</exception>
    /// <exception cref="NotSupportedException">A step cannot be exported; the message names it.</exception>
    internal static byte[] Write(ITransformer model, DataViewSchema input, OnnxOptions options)
    {
        if (!Enum.IsDefined(options.Inputs))
            throw new ArgumentOutOfRangeException(nameof(options), options.Inputs, "OnnxOptions.Inputs must be Raw or Keys.");
        var export = new OnnxExport(model, Completed(model, input));
        if (options.Inputs == OnnxInputKind.Keys) export.AddFromKeys(model);
        else export.Add(model.Steps(), new NoRows(export._pipeline.Schema));
        export.RequireInputs(input, options);
        return export.ToArray(model);
    }

    /// <summary>The schema with the columns that only labels need.</summary>
    private static DataViewSchema Completed(ITransformer model, DataViewSchema input)
    {
        try
        {
            model.GetOutputSchema(input);
            return input;
        }
        catch (Exception error) when (MissingColumns.IsMissing(error))
        {
            return new DefaultColumns(MissingColumns.Of(model, input).Columns).GetOutputSchema(input);
        }
    }

    private void RequireInputs(DataViewSchema inputSchema, OnnxOptions options)
    {
        if (options.Inputs == OnnxInputKind.Keys) return;
        if (_graph.Inputs.FirstOrDefault(one => inputSchema.GetColumnOrNull(one.Name) is null) is not { } missing) return;
        throw new ArgumentException(
            $"The input schema has no column '{missing.Name}', which the scores depend on; it has " +
            $"{string.Join(", ", inputSchema.Select(column => $"'{column.Name}'"))}. Give the schema of data that the model can score.", nameof(inputSchema));
    }

    private void Add(IEnumerable<ITransformer> steps, IDataView view) => AddOutputs(steps.Aggregate(view, Add).Schema);

    private IDataView Add(IDataView view, ITransformer step)
    {
        var next = step.Transform(view);
        if (step is RowMappingTransformer own) own.AddTo(_pipeline);
        else AddForeign(step, view, next);
        _pipeline.Schema = next.Schema;
        return next;
    }

    /// <summary>Adds a step of ML.NET, which may be made of several views.</summary>
    private void AddForeign(ITransformer step, IDataView from, IDataView to)
    {
        if (_graph.OperatorVersion == TextOperators)
        {
            throw new NotSupportedException(
                $"The step {step.GetType().Name} of ML.NET cannot be in one ONNX file with an encoder-decoder: ML.NET writes operators of version 12 at " +
                $"most, and texts are joined by those of version {TextOperators}. Export the encoder-decoder alone, and do the work of the step before " +
                "the file is called.");
        }
        Stack<IDataView> views = [];
        for (var view = to; !ReferenceEquals(view, from); view = OnnxDoor.SourceOf(view)!)
        {
            if (OnnxDoor.SourceOf(view) is null) throw Refused(step);
            views.Push(view);
        }
        foreach (var view in views)
        {
            _pipeline.Schema = OnnxDoor.SourceOf(view)!.Schema;
            if (!OnnxDoor.Write(view, _graph, _pipeline)) throw Refused(step);
        }
    }

    private static NotSupportedException Refused(ITransformer step)
    {
        var type = step.GetType();
        string name = type.DeclaringType is { Name: var outer } ? $"{outer}.{type.Name}" : type.Name;
        return new NotSupportedException(
            $"The step {name} of the pipeline cannot be exported to ONNX: ML.NET has no ONNX operators for it that compute the same for any rows. Leave it " +
            "out, do its work before the file is called, or replace it: the trainer takes raw columns, texts, categories, numbers and dates, without steps " +
            "before it.");
    }

    private void AddFromKeys(ITransformer model)
    {
        if (model.Steps().OfType<MultiEmbeddingTransformer>().LastOrDefault() is not { } network)
        {
            throw new NotSupportedException(
                "OnnxOptions.Inputs = OnnxInputKind.Keys exports a multi-embedding model from its keys on; the model has none. Leave the option out.");
        }
        network.AddFromKeys(_pipeline);
        var keys = KeySchema(network);
        _columns = [.. keys.Select(column => column.Name)];
        var view = network.Transform(new NoRows(keys));
        _pipeline.Schema = view.Schema;
        Add(model.Steps().SkipWhile(step => step != network).Skip(1), view);
    }

    private static DataViewSchema KeySchema(MultiEmbeddingTransformer network)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var input in ModelInput.Of(network)) builder.AddColumn(input.Name, input.Type);
        return builder.ToSchema();
    }

    private void AddOutputs(DataViewSchema schema)
    {
        var scores = ScoreColumn.LatestOf(schema);
        if (scores.Length == 0) throw new ArgumentException(
            "The model makes no score columns; SaveOnnx needs a model that ends in a trainer.");
        _pipeline.Schema = schema;
        var outputs = Array.ConvertAll(scores, column => (Column: column, Output: OnnxOutput.Of(_pipeline, column)));
        _graph.Prune(outputs.Select(output => output.Output.Value), _columns);
        foreach (var (column, (value, type)) in outputs)
        {
            _graph.Output(value, column.Name, type, OnnxPipeline.Extents(OnnxOutput.TypeOf(column), column.Name));
            if (column.HasSlotNames()) Tell($"slots of {column.Name}", OnnxOutput.SlotsOf(column));
            if (OnnxOutput.ClassesOf(column) is { } classes) Tell($"classes of {column.Name}", classes);
        }

        void Tell(string what, string[] names) => _metadata[what] = JsonSerializer.Serialize(names, OnnxJson.Default.StringArray);
    }

    private byte[] ToArray(ITransformer model)
    {
        if (_graph.Nodes.Any(node => node.Domain == OnnxDomains.Runtime)) _metadata["operators"] =
            "com.microsoft: the operators of ONNX Runtime; texts are cut into characters by its Tokenizer.";
        _metadata["columns"] = string.Join(", ", _graph.Inputs.Select(input => input.Name));
        if (model.Steps().OfType<MultiEmbeddingTransformer>().LastOrDefault() is { History: var history })
        {
            _metadata["training rows"] = $"{history.TrainingRows}";
            foreach (var metric in history.HeldOutMetrics) _metadata[$"held-out {metric.Name}"] = FormattableString.Invariant($"{metric.Value}");
        }
        var library = typeof(OnnxExport).Assembly.GetName();
        return new OnnxModel(_graph)
        {
            Producer = library.Name!,
            ProducerVersion = library.Version!.ToString(3),
            Description = "A model of MLNet.Embeddings: the columns of rows in, its score columns out.",
            Metadata = _metadata,
        }.ToArray();
    }
}
