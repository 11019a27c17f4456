using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Columns that steps of a model ask for, that data to score lacks, and that no score depends on: the label and others that training needs.</summary>
/// <remarks>ML.NET's steps say which column they miss, and of which type it must be, in words only.</remarks>
internal static partial class MissingColumns
{
    /// <summary>
    /// The types that are tried, the likely ones first. Steps of texts and values refuse a number, while those that take anything are mostly followed by others
    /// that take numbers alone.
    /// </summary>
    private static readonly DataViewType[] Types =
    [
        NumberDataViewType.Single, TextDataViewType.Instance, BooleanDataViewType.Instance, NumberDataViewType.Double, NumberDataViewType.Int32,
        NumberDataViewType.Int64, NumberDataViewType.Byte, NumberDataViewType.SByte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.UInt32, NumberDataViewType.UInt64, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance,
        new KeyDataViewType(typeof(uint), 1), new VectorDataViewType(TextDataViewType.Instance), new VectorDataViewType(NumberDataViewType.Single),
    ];

    /// <summary>Whether an error says that a step misses a column.</summary>
    internal static bool IsMissing(Exception error) => MissingName().IsMatch(error.Message);

    /// <summary>The model behind a step that adds the missing columns, and before one that takes away what is made of them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The columns of the data.</param>
    /// <exception cref="Exception">
    /// A score, or a vector of features, depends on a missing column, or it would have to be of a type that is not tried: the step's own error.
    /// </exception>
    internal static ITransformer Complete(ITransformer model, DataViewSchema input)
    {
        var (missing, errors) = Find(model, input);
        var added = new DefaultColumns(missing);
        var completed = new TransformerChain<ITransformer>(added, model);
        var mapper = model.GetRowToRowMapper(added.GetOutputSchema(input));
        var scores = mapper.OutputSchema.Where(column => ScoreColumn.IsScore(column) || FeaturesColumn.IsOne(column))
            .Select(column => column.Name).ToHashSet();
        if (scores.Count == 0) errors.Values.First().Throw();
        List<string> kept = [];
        foreach (var column in mapper.OutputSchema.Where(column => !column.IsHidden))
        {
            var lacking = mapper.GetDependencies([column]).Where(needed => needed.Index >= input.Count).ToArray();
            if (lacking.Length == 0) kept.Add(column.Name);
            else if (scores.Contains(column.Name)) errors[lacking[0].Name].Throw();
        }
        return completed.Append(new MLContext().Transforms.SelectColumns([.. kept]).Fit(completed.Transform(new NoRows(input))));
    }

    /// <summary>The missing columns, of types that the model takes, and for each the error that named it.</summary>
    /// <exception cref="Exception">One would have to be of a type that is not tried: the step's own error.</exception>
    internal static (IReadOnlyList<DataViewSchema.DetachedColumn> Columns, Dictionary<string, ExceptionDispatchInfo> Errors) Find(
        ITransformer model, DataViewSchema input)
    {
        var errors = new Dictionary<string, ExceptionDispatchInfo>();
        List<(string Name, int Type)> missing = [];
        while (true)
        {
            DataViewSchema.DetachedColumn[] columns = [.. missing.Select(column => Detach(column.Name, Types[column.Type]))];
            try
            {
                model.GetOutputSchema(new DefaultColumns(columns).GetOutputSchema(input));
                return (columns, errors);
            }
            catch (Exception error) when (model.IsRowToRowMapper)
            {
                string name = MissingName().Match(error.Message).Groups["name"].Value;
                if (name.Length > 0 && errors.TryAdd(name, ExceptionDispatchInfo.Capture(error))) missing.Add((name, 0));
                else if (missing is [.., var last] && last.Type + 1 < Types.Length) missing[^1] = (last.Name, last.Type + 1);
                else if (missing.Count > 0) errors[missing[^1].Name].Throw();
                else throw;
            }
        }
    }

    private static DataViewSchema.DetachedColumn Detach(string name, DataViewType type)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (type is KeyDataViewType) ClassCodec.Of(ClassKind.String).Add(annotations, KeyTerms.KeyValues, [""]);
        return new DataViewSchema.DetachedColumn(name, type, annotations.ToAnnotations());
    }

    [GeneratedRegex("^Could not find .*?column '(?<name>.*?)'|^Column (?<name>.*) does not exist in the input schema")]
    private static partial Regex MissingName();
}

/// <summary>Adds columns of default values: missing ones, where the type has such.</summary>
internal sealed class DefaultColumns(IReadOnlyList<DataViewSchema.DetachedColumn> columns) : RowMappingTransformer
{
    private protected override RowBinding Bind(DataViewSchema input) => new DefaultBinding(input, columns);

    /// <summary>It is in no file: it is made anew for the columns of the data.</summary>
    internal override void Write(EntryWriter entries) => throw new UnreachableException();
}

/// <summary>Columns of default values beside those of a schema.</summary>
internal sealed class DefaultBinding(DataViewSchema input, IReadOnlyList<DataViewSchema.DetachedColumn> columns) : RowBinding(input)
{
    private static readonly MethodInfo Setter = typeof(DefaultBinding).GetMethod(nameof(SetDefault), BindingFlags.Static | BindingFlags.NonPublic)!;

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs => columns;

    internal override IEnumerable<DataViewSchema.Column> Needs(int output) => [];

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive) =>
        [.. columns.Select((column, output) => isActive(output) ? Getter(column.Type.RawType) : null)];

    private static Delegate Getter(Type type) => Setter.MakeGenericMethod(type).CreateDelegate(typeof(ValueGetter<>).MakeGenericType(type));

    private static void SetDefault<T>(ref T value) => value = default!;
}

/// <summary>A view of some schema, to bind transformers to.</summary>
internal sealed class NoRows(DataViewSchema schema) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => throw new UnreachableException();

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        throw new UnreachableException();
}
