using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Homestack.Machine;

/// <summary>Small questions to somebody on the internet: a time limit, a size limit, no redirects. What goes wrong is told without the address that was asked, which may hold a credential.</summary>
/// <param name="whom">Is asked; for messages.</param>
public sealed class WebQuestion(string whom) : IDisposable
{
    private const int Budget = 1 << 20;

    // Made when something is asked: most homes ask nothing, and the client alone is some megabytes.
    private readonly Lazy<HttpClient> client = new(static () => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        Timeout = TimeSpan.FromSeconds(30),
        MaxResponseContentBufferSize = Budget,
    });

    /// <param name="method">Such as GET.</param>
    /// <param name="address">Whole.</param>
    /// <param name="authorization">Scheme and value; null for none.</param>
    /// <param name="body">JSON; null for none.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="MachineException">He did not answer, or with another status than 2xx.</exception>
    public async Task<string> AskAsync(HttpMethod method, Uri address, AuthenticationHeaderValue? authorization, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.UserAgent.Add(new("homestack", null));
        request.Headers.Authorization = authorization;
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using var response = await client.Value.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? text : throw Refused(response.StatusCode, address);
        }
        catch (Exception exception) when (exception is HttpRequestException or (OperationCanceledException and not { CancellationToken.IsCancellationRequested: true }) or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new MachineException($"ask {whom}", $"{address.Host} did not answer: {(exception is HttpRequestException { HttpRequestError: var error } ? error.ToString() : "it took too long")}.", "It is tried again in some minutes.");
        }
    }

    public void Dispose()
    {
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }

    private MachineException Refused(HttpStatusCode status, Uri address) => new($"ask {whom}", $"{address.Host} answered {(int)status}.",
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? "Look at certificates.credentials: may this key change the zone?" : "It is tried again in some minutes.");
}
