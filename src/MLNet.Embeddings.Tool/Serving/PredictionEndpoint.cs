using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.ML;

namespace MLNet.Embeddings.Tool.Serving;

/// <summary>Answers <c>POST /predict</c>.</summary>
/// <param name="watched">The model.</param>
/// <param name="settings">How much a request may hold.</param>
internal sealed class PredictionEndpoint(WatchedModel watched, ServerSettings settings)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Scores the rows of a request, or says what is wrong with it.</summary>
    internal async Task<IResult> HandleAsync(HttpRequest request, ILogger<PredictionEndpoint> logger, CancellationToken cancellationToken)
    {
        // A page of another site can make a browser send other types without asking.
        if (!request.HasJsonContentType()) return Problem(StatusCodes.Status415UnsupportedMediaType,
            "Send rows as JSON, with the header 'Content-Type: application/json'.");
        try
        {
            string json = await ReadAsync(request, cancellationToken);
            int rows = CountRows(json);
            if (rows > settings.MaxRows) return Problem(StatusCodes.Status413PayloadTooLarge,
                $"The request has {rows} rows, and at most {settings.MaxRows} are taken at once; send them in parts.");
            return Results.Text(watched.Model.PredictJson(json), "application/json; charset=utf-8");
        }
        catch (BadHttpRequestException error)
        {
            return Problem(error.StatusCode, error.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? $"The request is longer than {settings.MaxBodyBytes} bytes; send the rows in parts."
                : error.Message);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or DecoderFallbackException)
        {
            return Problem(StatusCodes.Status400BadRequest, error.Message);
        }
        catch (Exception error) when (error is not (OperationCanceledException or IOException))
        {
            ServerLog.Failed(logger, error);
            return Problem(StatusCodes.Status500InternalServerError, "The model could not score this request; the server's log says why.");
        }
    }

    private static async Task<string> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Utf8, detectEncodingFromByteOrderMarks: false);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    /// <summary>The number of rows: 1, or as many as the array has items.</summary>
    private static int CountRows(string json)
    {
        var reader = new Utf8JsonReader(Utf8.GetBytes(json));
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return 1;
        int rows = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; rows++) reader.Skip();
        return rows;
    }

    private static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);
}
