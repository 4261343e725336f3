using Homestack.Collections;

namespace Homestack.Engine.Api;

/// <summary>Every endpoint with its permission, in one place. What is not in it does not exist.</summary>
internal sealed class ApiTable
{
    private readonly Dictionary<(string Method, string Path), ApiEndpoint> endpoints = [];

    /// <exception cref="InvalidOperationException">An endpoint has no declared permission, or two have one address: the engine must not start.</exception>
    public ApiTable(ValueList<ApiEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Permission is not (Permission.Read or Permission.Change))
            {
                throw new InvalidOperationException($"The endpoint {endpoint.Method} {endpoint.Path} has no declared permission.");
            }

            if (!this.endpoints.TryAdd((endpoint.Method, endpoint.Path), endpoint))
            {
                throw new InvalidOperationException($"Two endpoints are {endpoint.Method} {endpoint.Path}.");
            }
        }
    }

    public ApiEndpoint? Find(string method, string path) => endpoints.GetValueOrDefault((method, path));
}
