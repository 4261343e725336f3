using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Homestack.Machine;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>Reads and changes a container engine over HTTP. Each method that changes something is one request.</summary>
/// <remarks><para>Source: Docker Engine API 1.41 to 1.47.</para></remarks>
public sealed class EngineWriteClient(EngineTransport transport) : EngineReadClient(transport), IEngineWriter
{
    private static readonly TimeSpan WriteLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromMinutes(5);

    public async Task<string> CreateContainerAsync(string name, string platform, ContainerBody body, CancellationToken cancellationToken)
    {
        var query = platform.Length == 0 ? "" : $"&platform={Uri.EscapeDataString(platform)}";
        var answer = await PostAsync($"containers/create?name={Uri.EscapeDataString(name)}{query}", body, EngineJson.Default.ContainerBody, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize(answer, EngineJson.Default.CreatedAnswer)?.Id ?? "";
    }

    public Task StartContainerAsync(string reference, CancellationToken cancellationToken) => PostAsync($"containers/{Escape(reference)}/start", cancellationToken);

    public Task StopContainerAsync(string reference, TimeSpan grace, CancellationToken cancellationToken) =>
        PostAsync($"containers/{Escape(reference)}/stop?t={Seconds(grace)}", WriteLimit + grace, cancellationToken);

    public Task RestartContainerAsync(string reference, TimeSpan grace, CancellationToken cancellationToken) =>
        PostAsync($"containers/{Escape(reference)}/restart?t={Seconds(grace)}", WriteLimit + grace, cancellationToken);

    public Task KillContainerAsync(string reference, string signal, CancellationToken cancellationToken) =>
        PostAsync($"containers/{Escape(reference)}/kill?signal={Uri.EscapeDataString(signal)}", cancellationToken);

    public Task UnpauseContainerAsync(string reference, CancellationToken cancellationToken) => PostAsync($"containers/{Escape(reference)}/unpause", cancellationToken);

    public Task RenameContainerAsync(string reference, string name, CancellationToken cancellationToken) =>
        PostAsync($"containers/{Escape(reference)}/rename?name={Uri.EscapeDataString(name)}", cancellationToken);

    public Task UpdateContainerAsync(string reference, ContainerLimits limits, CancellationToken cancellationToken) =>
        PostAsync($"containers/{Escape(reference)}/update", limits, EngineJson.Default.ContainerLimits, cancellationToken);

    public Task RemoveContainerAsync(string reference, RemovalMode mode, CancellationToken cancellationToken) =>
        DeleteAsync($"containers/{Escape(reference)}?v=false&force={Word(mode == RemovalMode.Forced)}", cancellationToken);

    public async Task<int> WaitContainerAsync(string reference, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, await PathAsync($"containers/{Escape(reference)}/wait", cancellationToken).ConfigureAwait(false));
        using var response = await SendAsync(request, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        await ThrowUnlessFineAsync(response, cancellationToken).ConfigureAwait(false);
        return Read(await Transport.ReadAsync(response, 64 << 10, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false), EngineJson.Default.WaitAnswer, response).StatusCode;
    }

    public async Task<string> CreateNetworkAsync(NetworkBody body, CancellationToken cancellationToken)
    {
        var answer = await PostAsync("networks/create", body, EngineJson.Default.NetworkBody, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize(answer, EngineJson.Default.CreatedAnswer)?.Id ?? "";
    }

    public Task RemoveNetworkAsync(string reference, CancellationToken cancellationToken) => DeleteAsync($"networks/{Escape(reference)}", cancellationToken);

    public Task ConnectNetworkAsync(string network, string container, EndpointSettings settings, CancellationToken cancellationToken) =>
        PostAsync($"networks/{Escape(network)}/connect", new(container, settings), EngineJson.Default.ConnectBody, cancellationToken);

    public Task DisconnectNetworkAsync(string network, string container, CancellationToken cancellationToken) =>
        PostAsync($"networks/{Escape(network)}/disconnect", new(container, Force: true), EngineJson.Default.DisconnectBody, cancellationToken);

    public Task CreateVolumeAsync(VolumeBody body, CancellationToken cancellationToken) =>
        PostAsync("volumes/create", body, EngineJson.Default.VolumeBody, cancellationToken);

    public async Task PullImageAsync(PullRequest request, IProgress<PullProgress> progress, CancellationToken cancellationToken)
    {
        var platform = request.Platform.Length == 0 ? "" : $"&platform={Uri.EscapeDataString(request.Platform)}";
        using var message = new HttpRequestMessage(HttpMethod.Post,
            await PathAsync($"images/create?fromImage={Uri.EscapeDataString(request.Reference)}{platform}", cancellationToken).ConfigureAwait(false));
        if (request.Credentials.Length > 0)
        {
            message.Headers.Add("X-Registry-Auth", request.Credentials);
        }

        var layers = new PullMeter(request.Reference);
        await StreamAsync(message, line =>
        {
            if (layers.Take(line) is { } step)
            {
                progress.Report(step);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task BuildImageAsync(BuildRequest request, Func<Stream, CancellationToken, Task> writeContext, IProgress<string> progress, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, await PathAsync($"build?{Query(request)}", cancellationToken).ConfigureAwait(false))
        {
            Content = new WritingContent(writeContext, cancellationToken) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-tar") } },
        };
        await StreamAsync(message, line =>
        {
            if ((line.Stream ?? line.Status)?.TrimEnd() is { Length: > 0 } words)
            {
                progress.Report(words);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task TagImageAsync(string source, string repository, string tag, CancellationToken cancellationToken) =>
        PostAsync($"images/{Escape(source)}/tag?repo={Uri.EscapeDataString(repository)}&tag={Uri.EscapeDataString(tag)}", cancellationToken);

    public async Task<string> CreateExecAsync(string container, ExecBody body, CancellationToken cancellationToken)
    {
        var answer = await PostAsync($"containers/{Escape(container)}/exec", body, EngineJson.Default.ExecBody, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize(answer, EngineJson.Default.CreatedAnswer)?.Id ?? "";
    }

    public async Task<Stream> StartExecAsync(string id, bool hasTerminal, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, await PathAsync($"exec/{Escape(id)}/start", cancellationToken).ConfigureAwait(false))
        {
            Content = Json(new(Detach: false, hasTerminal), EngineJson.Default.ExecStartBody),
        };

        // The engine hands the connection over: after 101 the same socket carries the program's input and output.
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("tcp"));
        var (response, endWriting) = await UpgradeAsync(request, WriteLimit, cancellationToken).ConfigureAwait(false);
        await ThrowUnlessFineAsync(response, cancellationToken).ConfigureAwait(false);
        return new TwoWayStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), endWriting);
    }

    public async Task<ExecInspection> InspectExecAsync(string id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, await PathAsync($"exec/{Escape(id)}/json", cancellationToken).ConfigureAwait(false));
        using var response = await SendAsync(request, WriteLimit, cancellationToken).ConfigureAwait(false);
        return Read(await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false), EngineJson.Default.ExecInspection, response);
    }

    public Task ResizeExecAsync(string id, int rows, int columns, CancellationToken cancellationToken) =>
        PostAsync(string.Create(CultureInfo.InvariantCulture, $"exec/{Escape(id)}/resize?h={rows}&w={columns}"), cancellationToken);

    private static string Seconds(TimeSpan span) => ((long)Math.Ceiling(span.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static ByteArrayContent Json<T>(T body, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static string Query(BuildRequest request)
    {
        var query = new StringBuilder("forcerm=1&version=1");
        void Add(string name, string value) => query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        foreach (var tag in request.Tags)
        {
            Add("t", tag);
        }

        Add("dockerfile", request.Dockerfile);
        Add("buildargs", JsonSerializer.Serialize(request.Args, EngineJson.Default.ValueMapString));
        Add("labels", JsonSerializer.Serialize(request.Labels, EngineJson.Default.ValueMapString));
        if (request.CacheFrom.Count > 0)
        {
            Add("cachefrom", JsonSerializer.Serialize(request.CacheFrom, EngineJson.Default.ValueListString));
        }

        foreach (var (name, value) in new[] { ("target", request.Target), ("networkmode", request.Network), ("platform", request.Platform), ("extrahosts", string.Join(',', request.ExtraHosts)) })
        {
            if (value.Length > 0)
            {
                Add(name, value);
            }
        }

        if (request.ShmSize is { } size)
        {
            Add("shmsize", size.ToString(CultureInfo.InvariantCulture));
        }

        return query.Append(request.NoCache ? "&nocache=1" : "").Append(request.PullBase ? "&pull=1" : "").ToString();
    }

    private Task PostAsync(string path, CancellationToken cancellationToken) => PostAsync(path, WriteLimit, cancellationToken);

    private async Task PostAsync(string path, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, await PathAsync(path, cancellationToken).ConfigureAwait(false));
        using var response = await SendAsync(request, limit, cancellationToken).ConfigureAwait(false);
        await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private async Task<byte[]> PostAsync<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, await PathAsync(path, cancellationToken).ConfigureAwait(false)) { Content = Json(body, type) };
        using var response = await SendAsync(request, WriteLimit, cancellationToken).ConfigureAwait(false);
        return await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, await PathAsync(path, cancellationToken).ConfigureAwait(false));
        using var response = await SendAsync(request, WriteLimit, cancellationToken).ConfigureAwait(false);
        await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request whose answer is a stream of messages; one with an error ends it, and so does silence.</summary>
    private async Task StreamAsync(HttpRequestMessage message, Action<StreamMessage> take, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(SilenceLimit);
        using var response = await SendAsync(message, SilenceLimit, cancellationToken).ConfigureAwait(false);
        await ThrowUnlessFineAsync(response, cancellationToken).ConfigureAwait(false);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
            await foreach (var line in Guarded(JsonLines.ReadAsync(stream, EngineJson.Default.StreamMessage, silence.Token), response, silence.Token).ConfigureAwait(false))
            {
                silence.CancelAfter(SilenceLimit);
                if (line.Error is { Length: > 0 } words)
                {
                    throw new MachineException(Call(response), words, kind: words.Contains("not found", StringComparison.Ordinal) ? MachineFailure.NotFound : MachineFailure.Failed);
                }

                take(line);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Transport.Explain(Call(response), SilenceLimit, exception);
        }
    }

    /// <summary>A body that is made while it is sent, so that a large build context never stands in memory.</summary>
    private sealed class WritingContent(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream, cancellationToken);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken token) => write(stream, token);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
