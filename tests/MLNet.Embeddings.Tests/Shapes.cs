using System.Reflection;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Writes schemas and promises of schemas as text, a column a line, so that they can be compared.</summary>
internal static class Shapes
{
    private static readonly Func<DataViewSchema, SchemaShape> ShapeOf =
        typeof(SchemaShape).GetMethod("Create", BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Func<DataViewSchema, SchemaShape>>();

    /// <summary>What an estimator promises for a schema.</summary>
    internal static string[] Of<TTransformer>(IEstimator<TTransformer> estimator, DataViewSchema schema) where TTransformer : class, ITransformer =>
        Of(estimator.GetOutputSchema(ShapeOf(schema)));

    internal static string[] Of(DataViewSchema schema) => Of(ShapeOf(schema));

    private static string[] Of(IEnumerable<SchemaShape.Column> shape) => [.. shape.Select(Text).Order(StringComparer.Ordinal)];

    private static string Text(SchemaShape.Column column) =>
        $"{column.Name}: {column.Kind} {(column.IsKey ? "key " : "")}{column.ItemType} ({string.Join(", ", Of(column.Annotations))})";
}
