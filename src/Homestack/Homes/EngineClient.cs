using System.Net;
using System.Text;
using System.Text.Json;
using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Plans;

namespace Homestack.Homes;

/// <summary>A home through the engine that watches it.</summary>
public sealed class EngineClient(string socketPath) : IHome
{
    private const int AnswerBudget = PlanJson.Limit;

    /// <summary>Longest line of a stream, in bytes.</summary>
    private const int LineBudget = 8 << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly EngineTransport transport = new("unix://" + socketPath);

    public async Task<PlanOutcome> PlanAsync(Blueprint blueprint, PlanOptions options, CancellationToken cancellationToken) =>
        Outcome(await AskAsync(HttpMethod.Post, "plan", PlanWire.WriteWish(blueprint, options), cancellationToken).ConfigureAwait(false));

    public async Task<PlanOutcome> PlanRollbackAsync(int number, CancellationToken cancellationToken) =>
        Outcome(await AskAsync(HttpMethod.Post, $"rollback?number={number}", [], cancellationToken).ConfigureAwait(false));

    public async Task<PlanOutcome> PlanDownAsync(CancellationToken cancellationToken) =>
        Outcome(await AskAsync(HttpMethod.Post, "down", [], cancellationToken).ConfigureAwait(false));

    public async Task<HomeStatus> StatusAsync(CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await AskAsync(HttpMethod.Get, "status", null, cancellationToken).ConfigureAwait(false), ApiJson.Wire.HomeStatus)
            ?? throw Odd("status", "It is empty.");

    public async Task<ApplyResult> ApplyAsync(Plan plan, IProgress<ApplyEvent> progress, CancellationToken cancellationToken)
    {
        await foreach (var text in LinesAsync(HttpMethod.Post, "apply", PlaneList.Json.Write(plan), cancellationToken).ConfigureAwait(false))
        {
            var line = JsonSerializer.Deserialize(text, ApiJson.Wire.ApplyLine) ?? throw Odd("apply", "A line is empty.");
            if (line.Result is { } result)
            {
                return result with { Diagnostics = line.Diagnostics.Select(diagnostic => diagnostic.ToDiagnostic()).ToValueList() };
            }

            if (line.EventIn(plan) is { } happened)
            {
                progress.Report(happened);
            }
        }

        throw new MachineException("apply", "The engine ended before the apply did.", "homestack up plans anew from what is there and goes on.");
    }

    public void Dispose() => transport.Dispose();

    private static PlanOutcome Outcome(byte[] json)
    {
        try
        {
            return PlanWire.ReadOutcome(json);
        }
        catch (InvalidDataException exception)
        {
            return new(null, [HomeDiagnostics.EngineAnsweredOddly(exception.Message)]);
        }
    }

    private static MachineException Odd(string call, string words) => new(call, $"The engine's answer cannot be read: {words}", "homestack up -d");

    private async Task<byte[]> AskAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = Request(method, path, body);
        using var response = await transport.SendAsync(request, Limit, cancellationToken).ConfigureAwait(false);
        var answer = await transport.ReadAsync(response, AnswerBudget, Limit, cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.OK ? answer : throw Refused(path, answer);
    }

    private async IAsyncEnumerable<string> LinesAsync(HttpMethod method, string path, byte[] body, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = Request(method, path, body);
        using var response = await transport.SendAsync(request, Limit, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw Refused(path, await transport.ReadAsync(response, AnswerBudget, Limit, cancellationToken).ConfigureAwait(false));
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var line = new MemoryStream();
        var piece = new byte[16 << 10];
        while (await ReadAsync(stream, piece, path, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            foreach (var letter in piece.AsMemory(0, count).ToArray())
            {
                if (letter == (byte)'\n')
                {
                    yield return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
                    line.SetLength(0);
                }
                else if (line.Length < LineBudget)
                {
                    line.WriteByte(letter);
                }
            }
        }
    }

    /// <exception cref="MachineException">The engine ended in the middle.</exception>
    private async Task<int> ReadAsync(Stream stream, byte[] piece, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(piece, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw transport.Explain(path, Limit, exception);
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, byte[]? body) =>
        new(method, "/api/v1/" + path) { Content = body is null ? null : new ByteArrayContent(body) };

    private static MachineException Refused(string path, byte[] answer)
    {
        try
        {
            var problem = JsonSerializer.Deserialize(answer, ApiJson.Wire.ApiProblem);
            return new(path, problem?.Words ?? "The engine refused.", problem?.Next ?? "");
        }
        catch (JsonException)
        {
            return Odd(path, "It is no JSON.");
        }
    }
}
