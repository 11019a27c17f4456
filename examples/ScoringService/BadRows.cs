using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace ScoringService;

/// <summary>Tells whoever has sent rows what is wrong with them; other errors are logged and not told.</summary>
internal sealed class BadRows(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        int status = exception switch
        {
            JsonException or ArgumentException => StatusCodes.Status400BadRequest,
            BadHttpRequestException { StatusCode: var code } => code,
            _ => 0,
        };
        if (status == 0) return false;

        context.Response.StatusCode = status;
        return await problems.TryWriteAsync(new()
        {
            HttpContext = context,
            ProblemDetails = { Status = status, Title = "The rows cannot be scored", Detail = exception.Message },
        });
    }
}
