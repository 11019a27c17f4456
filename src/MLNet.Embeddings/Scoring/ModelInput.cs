using System.Diagnostics;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A column that a model reads, of the type of those which it can read that loses least.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type.</param>
/// <param name="DateFormat">The format of dates that it holds as texts; null where it holds none.</param>
internal sealed record ModelInput(string Name, DataViewType Type, string? DateFormat = null)
{
    /// <summary>The columns, each once.</summary>
    internal static IEnumerable<ModelInput> Of(MultiEmbeddingTransformer model)
    {
        var columns = model.Model.Shape.Columns;
        var bags = columns.OfType<BagShape>().Select(bag => bag.Name).ToHashSet();
        var made = new HashSet<string>();
        List<ModelInput> inputs = [];
        foreach (var step in model.Steps)
        {
            switch (step)
            {
                case TokenIndexingTransformer tokens:
                    foreach (var text in tokens.Shape.Columns) Add(text.OutputColumnName, new(text.InputColumnName, TextDataViewType.Instance));
                    break;
                case CategoryIndexingTransformer categories:
                    foreach (var (output, input) in categories.Shape.Columns)
                        Add(output, new(input, bags.Contains(output) ? new VectorDataViewType(TextDataViewType.Instance) : TextDataViewType.Instance));
                    break;
                case DatePartsTransformer { Shape: var date }:
                    inputs.Add(new(date.InputColumnName, TypeOf(date), date.Format));
                    made.UnionWith([date.TimeColumn, .. date.Parts.Select(date.PartColumn)]);
                    break;
                default: throw new UnreachableException($"{step.GetType()}");
            }
        }
        inputs.AddRange(columns.Where(column => !made.Contains(column.Name)).Select(column => new ModelInput(column.Name, TypeOf(column))));
        return inputs.DistinctBy(input => input.Name);

        void Add(string output, ModelInput input)
        {
            made.Add(output);
            inputs.Add(input);
        }
    }

    private static DataViewType TypeOf(DatePartsShape date) =>
        date.Format is not null ? TextDataViewType.Instance : date.IsSpan ? TimeSpanDataViewType.Instance : DateTimeDataViewType.Instance;

    private static DataViewType TypeOf(ColumnShape column) => column switch
    {
        CategoryShape category => new KeyDataViewType(typeof(uint), category.KeyCount),
        EmbeddingShape keys => new VectorDataViewType(new KeyDataViewType(typeof(uint), keys.KeyCount)),
        NumberShape { Size: 1 } => NumberDataViewType.Double,
        NumberShape numbers => new VectorDataViewType(NumberDataViewType.Double, numbers.Size),
        _ => throw new UnreachableException($"{column}"),
    };
}
