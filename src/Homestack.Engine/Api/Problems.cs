using System.Text.Json;
using Homestack.Homes;
using Microsoft.AspNetCore.Http;

namespace Homestack.Engine.Api;

/// <summary>How the engine says no.</summary>
internal static class Problems
{
    /// <summary>Nothing when an answer has begun: it ends there, and its reader sees that it is cut.</summary>
    public static Task WriteAsync(HttpContext http, int status, string words, string next = "")
    {
        if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new ApiProblem(words, next), ApiJson.Wire.ApiProblem), CancellationToken.None).AsTask();
    }
}
