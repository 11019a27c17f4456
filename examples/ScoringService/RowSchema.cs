using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.ML;
using Microsoft.OpenApi;
using MLNet.Embeddings;

namespace ScoringService;

/// <summary>Describes rows in the service's OpenAPI document by the columns of the model that is in use.</summary>
/// <param name="watched">The model.</param>
internal sealed class RowSchema(WatchedModel watched) : IOpenApiDocumentTransformer
{
    private const int MostExamples = 10;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.AddComponent("Row", new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = watched.Model.RowColumns().ToDictionary(column => column.Name, SchemaOf),
        });
        var row = new OpenApiSchemaReference("Row", document);
        var body = (OpenApiRequestBody)document.Paths["/predict"].Operations![HttpMethod.Post].RequestBody!;
        ((OpenApiMediaType)body.Content!["application/json"]).Schema = new OpenApiSchema
        {
            AnyOf = [row, new OpenApiSchema { Type = JsonSchemaType.Array, Items = row }],
        };
        return Task.CompletedTask;
    }

    private static IOpenApiSchema SchemaOf(RowColumn column)
    {
        var value = new OpenApiSchema
        {
            Type = TypeOf(column.Kind),
            Format = column.Kind switch { RowValueKind.Date => "date-time", RowValueKind.Time => "time", _ => null },
            Examples = [.. column.Terms.Take(MostExamples).Select(term => (JsonNode)term)],
        };
        return column.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = value } : value;
    }

    /// <summary>Any value may be missing.</summary>
    private static JsonSchemaType TypeOf(RowValueKind kind) => JsonSchemaType.Null | kind switch
    {
        RowValueKind.Number => JsonSchemaType.Number,
        RowValueKind.Boolean => JsonSchemaType.Boolean,
        RowValueKind.Key => JsonSchemaType.Integer,
        _ => JsonSchemaType.String,
    };
}
