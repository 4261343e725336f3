using Microsoft.AspNetCore.Http;

namespace Homestack.Engine.Api;

/// <summary>One thing the engine can be asked.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Below <c>/api/v1</c>, exact.</param>
/// <param name="Permission">What the caller must be allowed.</param>
/// <param name="Limit">How long an answer may take.</param>
/// <param name="Answer">Writes the answer.</param>
internal sealed record ApiEndpoint(string Method, string Path, Permission Permission, TimeSpan Limit, Func<HttpContext, CancellationToken, Task> Answer);
