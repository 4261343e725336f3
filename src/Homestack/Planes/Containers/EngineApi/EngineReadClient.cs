using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Planes.Containers.EngineApi;

/// <summary>Reads a container engine over HTTP. It has no method that could change something.</summary>
/// <remarks><para>Source: Docker Engine API 1.41 to 1.47.</para></remarks>
public class EngineReadClient(EngineTransport transport) : IEngineApi, IDisposable
{
    /// <summary>Newest version that we know; we speak the older of this and the engine's.</summary>
    public const string NewestApi = "1.47";

    private const string OldestApi = "1.41";
    private const int AnswerBudget = 64 << 20;
    private const int ErrorBudget = 64 << 10;

    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim gate = new(1, 1);
    private EngineVersion? version;

    protected EngineTransport Transport => transport;

    public async Task<EngineVersion> PingAsync(CancellationToken cancellationToken)
    {
        if (version is { } known)
        {
            return known;
        }

        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return version ??= await NegotiateAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    public Task<ValueList<ContainerSummary>> ListContainersAsync(string label, CancellationToken cancellationToken) =>
        GetAsync($"containers/json?all=true{Filter('&', label)}", EngineJson.Default.ValueListContainerSummary, cancellationToken);

    public Task<ContainerInspection?> InspectContainerAsync(string reference, CancellationToken cancellationToken) =>
        FindAsync($"containers/{Escape(reference)}/json", EngineJson.Default.ContainerInspection, cancellationToken);

    public Task<ValueList<NetworkInspection>> ListNetworksAsync(string label, CancellationToken cancellationToken) =>
        GetAsync($"networks{Filter('?', label)}", EngineJson.Default.ValueListNetworkInspection, cancellationToken);

    public Task<NetworkInspection?> InspectNetworkAsync(string reference, CancellationToken cancellationToken) =>
        FindAsync($"networks/{Escape(reference)}", EngineJson.Default.NetworkInspection, cancellationToken);

    public async Task<ValueList<VolumeInspection>> ListVolumesAsync(string label, CancellationToken cancellationToken) =>
        (await GetAsync($"volumes{Filter('?', label)}", EngineJson.Default.VolumeList, cancellationToken).ConfigureAwait(false)).Volumes ?? [];

    public Task<VolumeInspection?> InspectVolumeAsync(string name, CancellationToken cancellationToken) =>
        FindAsync($"volumes/{Escape(name)}", EngineJson.Default.VolumeInspection, cancellationToken);

    public Task<ImageInspection?> InspectImageAsync(string reference, CancellationToken cancellationToken) =>
        FindAsync($"images/{Escape(reference)}/json", EngineJson.Default.ImageInspection, cancellationToken);

    public async Task<RegistryDescriptor?> InspectRegistryAsync(string reference, string credentials, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, await PathAsync($"distribution/{Escape(reference)}/json", cancellationToken).ConfigureAwait(false));
        if (credentials.Length > 0)
        {
            request.Headers.Add("X-Registry-Auth", credentials);
        }

        using var response = await SendAsync(request, ReadLimit, cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.NotFound ? null
            : Read(await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false), EngineJson.Default.RegistryImage, response).Descriptor;
    }

    public async IAsyncEnumerable<EngineEvent> EventsAsync(string label, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, await PathAsync($"events{Filter('?', label)}", cancellationToken).ConfigureAwait(false));
        using var response = await SendAsync(request, ReadLimit, cancellationToken).ConfigureAwait(false);
        await ThrowUnlessFineAsync(response, cancellationToken).ConfigureAwait(false);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var happening in Guarded(JsonLines.ReadAsync(stream, EngineJson.Default.EngineEvent, cancellationToken), response, cancellationToken).ConfigureAwait(false))
        {
            yield return happening;
        }
    }

    public async IAsyncEnumerable<LogLine> LogsAsync(string reference, LogRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var container = await InspectContainerAsync(reference, cancellationToken).ConfigureAwait(false)
            ?? throw new MachineException($"GET /containers/{reference}/logs", $"There is no container \"{reference}\".", "Try: homestack status", MachineFailure.NotFound);
        var tail = request.Tail?.ToString(CultureInfo.InvariantCulture) ?? "all";
        var since = request.Since is { } moment ? string.Create(CultureInfo.InvariantCulture, $"&since={moment.ToUnixTimeMilliseconds() / 1000.0:0.000}") : "";
        var path = $"containers/{Escape(reference)}/logs?stdout=true&stderr=true&tail={tail}&follow={Word(request.Follows)}&timestamps={Word(request.HasTimes)}{since}";
        using var message = new HttpRequestMessage(HttpMethod.Get, await PathAsync(path, cancellationToken).ConfigureAwait(false));
        using var response = await SendAsync(message, ReadLimit, cancellationToken).ConfigureAwait(false);
        await ThrowUnlessFineAsync(response, cancellationToken).ConfigureAwait(false);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var line in Guarded(LogFrames.ReadAsync(stream, container.Config.Tty == true, cancellationToken), response, cancellationToken).ConfigureAwait(false))
        {
            yield return line;
        }
    }

    public void Dispose()
    {
        transport.Dispose();
        gate.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static string Escape(string reference) => reference.Contains('/', StringComparison.Ordinal)
        ? string.Join('/', reference.Split('/').Select(Uri.EscapeDataString)) : Uri.EscapeDataString(reference);

    protected static string Word(bool value) => value ? "true" : "false";

    protected async Task<string> PathAsync(string path, CancellationToken cancellationToken) =>
        $"/v{(await PingAsync(cancellationToken).ConfigureAwait(false)).ApiVersion}/{path}";

    protected Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken) =>
        transport.SendAsync(request, limit, cancellationToken);

    protected Task<(HttpResponseMessage Response, Action EndWriting)> UpgradeAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken) =>
        transport.UpgradeAsync(request, limit, cancellationToken);

    /// <summary>Passes what went well and turns everything else into an exception with the engine's own words.</summary>
    protected async Task ThrowUnlessFineAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.NotModified or HttpStatusCode.SwitchingProtocols)
        {
            return;
        }

        var body = await transport.ReadAsync(response, ErrorBudget, ReadLimit, cancellationToken).ConfigureAwait(false);
        throw Failure(Call(response), response.StatusCode, WordsOf(body));
    }

    protected async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await ThrowUnlessFineAsync(response, cancellationToken).ConfigureAwait(false);
        return await transport.ReadAsync(response, AnswerBudget, ReadLimit, cancellationToken).ConfigureAwait(false);
    }

    protected static T Read<T>(byte[] body, JsonTypeInfo<T> type, HttpResponseMessage response) => Read(body, type, Call(response));

    private static T Read<T>(byte[] body, JsonTypeInfo<T> type, string call)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null was answered.");
        }
        catch (JsonException exception)
        {
            throw new MachineException(call, $"The engine's answer cannot be understood: {exception.Message}", "Try: homestack doctor", inner: exception);
        }
    }

    /// <summary>The same items; a stream that breaks or makes no sense ends in a <see cref="MachineException"/>.</summary>
    protected async IAsyncEnumerable<T> Guarded<T>(IAsyncEnumerable<T> items, HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var each = items.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await each.MoveNextAsync().ConfigureAwait(false))
                {
                    yield break;
                }
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException or JsonException or InvalidDataException or TimeoutException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw transport.Explain(Call(response), ReadLimit, exception);
            }

            yield return each.Current;
        }
    }

    protected static string Call(HttpResponseMessage response) => $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath}";

    /// <summary>What the engine's refusal means: a kind to decide on, and the next thing to try.</summary>
    private static MachineException Failure(string call, HttpStatusCode status, string words)
    {
        var isPortTaken = words.Contains("port is already allocated", StringComparison.Ordinal) || words.Contains("address already in use", StringComparison.Ordinal);
        var isDiskFull = words.Contains("no space left on device", StringComparison.Ordinal);
        var kind = status switch
        {
            _ when isPortTaken => MachineFailure.Conflict,
            HttpStatusCode.NotFound => MachineFailure.NotFound,
            HttpStatusCode.Conflict => MachineFailure.Conflict,
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => MachineFailure.Denied,
            _ => MachineFailure.Failed,
        };
        var next = isPortTaken ? "Try: ss -lntup" : isDiskFull ? "Try: df -h, and then: docker system df" : "";
        return new(call, words.Length > 0 ? words : $"The engine answered {(int)status} without a word.", next, kind);
    }

    private static string Filter(char first, string label) =>
        label.Length == 0 ? "" : $"{first}filters={Uri.EscapeDataString($"{{\"label\":[{JsonSerializer.Serialize(label, EngineJson.Default.String)}]}}")}";

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var target = await PathAsync(path, cancellationToken).ConfigureAwait(false);
        var answer = await transport.GetAsync(target, AnswerBudget, ReadLimit, cancellationToken).ConfigureAwait(false);
        return Read(answer, type, target);
    }

    private async Task<T?> FindAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var target = await PathAsync(path, cancellationToken).ConfigureAwait(false);
        var answer = await transport.GetAsync(target, AnswerBudget, ReadLimit, cancellationToken).ConfigureAwait(false);
        return answer.Status == (int)HttpStatusCode.NotFound ? null : Read(answer, type, target);
    }

    private async Task<EngineVersion> NegotiateAsync(CancellationToken cancellationToken)
    {
        const string Target = "/_ping";
        var pong = Fine(await transport.GetAsync(Target, ErrorBudget, PingLimit, cancellationToken).ConfigureAwait(false), Target);
        var theirs = pong.Header("Api-Version");
        if (!Version.TryParse(theirs, out var offered) || offered < Version.Parse(OldestApi))
        {
            throw new MachineException("GET /_ping", $"The engine speaks API {(theirs.Length == 0 ? "of an unknown version" : theirs)}; at least {OldestApi} (Docker 20.10) is needed.",
                "Update Docker on that machine.");
        }

        // Such as "Docker/20.10.24+dfsg1 (linux)". Asking /version would take the engine 6 ms.
        var server = pong.Header("Server").Split(' ')[0].Split('/');
        return new(offered < Version.Parse(NewestApi) ? theirs : NewestApi, server is [_, var release] ? release : "");
    }

    private static T Read<T>(HttpAnswer answer, JsonTypeInfo<T> type, string target) => Read(Fine(answer, target).Body, type, Call(target));

    /// <summary>Passes what went well and turns everything else into an exception with the engine's own words.</summary>
    private static HttpAnswer Fine(HttpAnswer answer, string target) =>
        answer.Status is >= 200 and < 300 ? answer : throw Failure(Call(target), (HttpStatusCode)answer.Status, WordsOf(answer.Body));

    private static string Call(string target) => $"GET {(target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? target[..query] : target)}";

    private static string WordsOf(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, EngineJson.Default.ErrorAnswer)?.Message ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
