using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Homestack.EndToEnd.Engines;

/// <summary>Plain calls of the Engine API for the tests; shares no code with the product, so that it can judge it.</summary>
internal sealed class EngineSocket : IDisposable
{
    private readonly HttpClient client;

    public EngineSocket(string path) => client = new HttpClient(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
    })
    {
        BaseAddress = new Uri("http://engine/v1.41/"),
        Timeout = TimeSpan.FromSeconds(60),
    };

    public async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await client.GetAsync("_ping");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text) ?? throw new InvalidOperationException($"GET {path}: an empty answer");
    }

    /// <summary>Any answer but a refusal will do; 403, 404 and 409 too when the thing may have gone by itself, or be half gone.</summary>
    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonNode? body = null, bool mayBeGone = false)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var isFine = answer.IsSuccessStatusCode || (int)answer.StatusCode == 304 || (mayBeGone && (int)answer.StatusCode is 403 or 404 or 409);
        Assert.True(isFine, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.StartsWith('{') && answer.IsSuccessStatusCode && !text.Contains("}\r\n{", StringComparison.Ordinal) ? JsonNode.Parse(text) : null;
    }

    /// <summary>Sends a tar archive; the whole stream of answers comes back as text.</summary>
    public async Task<string> SendTarAsync(string path, byte[] archive)
    {
        using var content = new ByteArrayContent(archive);
        content.Headers.ContentType = new("application/x-tar");
        using var answer = await client.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode && !text.Contains("errorDetail", StringComparison.Ordinal), $"POST {path}: {(int)answer.StatusCode} {text}");
        return text;
    }

    /// <summary>Sends an image to the registry that its name says.</summary>
    public async Task PushAsync(string name, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"images/{name}/push?tag={tag}");
        request.Headers.Add("X-Registry-Auth", Convert.ToBase64String("{}"u8));
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode && !text.Contains("errorDetail", StringComparison.Ordinal), $"push {name}:{tag}: {(int)answer.StatusCode} {text}");
    }

    public void Dispose() => client.Dispose();
}
