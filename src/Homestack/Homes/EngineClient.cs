using System.Net.Sockets;
using System.Text.Json;
using Homestack.Apply;
using Homestack.Blueprints;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Plans;

namespace Homestack.Homes;

/// <summary>A home through the engine that watches it.</summary>
/// <remarks>Without the BCL's HTTP client, whose start alone takes 70 ms of a processor: eight callers at once would wait for that most of all.</remarks>
public sealed class EngineClient(string socketPath) : IHome
{
    private const int AnswerBudget = PlanJson.Limit, Fine = 200;

    /// <summary>Longest line of a stream, in bytes.</summary>
    private const int LineBudget = 8 << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly LocalHttp http = new(socketPath);

    /// <summary>Says what a broken conversation means.</summary>
    private readonly EngineTransport transport = new("unix://" + socketPath);

    public async Task<PlanOutcome> PlanAsync(Blueprint blueprint, PlanOptions options, CancellationToken cancellationToken) =>
        Outcome(await AskAsync("plan", PlanWire.WriteWish(blueprint, options), cancellationToken).ConfigureAwait(false));

    public async Task<PlanOutcome> PlanRollbackAsync(int number, CancellationToken cancellationToken) =>
        Outcome(await AskAsync($"rollback?number={number}", [], cancellationToken).ConfigureAwait(false));

    public async Task<PlanOutcome> PlanDownAsync(CancellationToken cancellationToken) =>
        Outcome(await AskAsync("down", [], cancellationToken).ConfigureAwait(false));

    public async Task<HomeStatus> StatusAsync(CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await AskAsync("status", null, cancellationToken).ConfigureAwait(false), ApiJson.Wire.HomeStatus)
            ?? throw Odd("status", "It is empty.");

    public Task<ApplyResult> ApplyAsync(KeptPlan plan, IProgress<ApplyEvent> progress, CancellationToken cancellationToken) =>
        Task.Run(() => Apply(plan, progress, cancellationToken), cancellationToken);

    public void Dispose()
    {
        http.Dispose();
        transport.Dispose();
    }

    private ApplyResult Apply(KeptPlan kept, IProgress<ApplyEvent> progress, CancellationToken cancellationToken)
    {
        using var lines = Try("apply", () => http.PostForLines(Path("apply"), kept.Write(PlaneList.Json), Limit, cancellationToken));
        if (lines.Answer.Status != Fine)
        {
            throw Refused("apply", lines.Answer.Body);
        }

        while (Try("apply", () => lines.Next(LineBudget)) is { } text)
        {
            var line = JsonSerializer.Deserialize(text, ApiJson.Wire.ApplyLine) ?? throw Odd("apply", "A line is empty.");
            if (line.Result is { } result)
            {
                return result with { Diagnostics = line.Diagnostics.Select(diagnostic => diagnostic.ToDiagnostic()).ToValueList() };
            }

            if (kept.Read(new()) is { } plan && line.EventIn(plan) is { } happened)
            {
                progress.Report(happened);
            }
        }

        throw new MachineException("apply", "The engine ended before the apply did.", "homestack up plans anew from what is there and goes on.");
    }

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

    /// <param name="path">Below the API's root.</param>
    /// <param name="body">Null for a question without one.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    private Task<byte[]> AskAsync(string path, byte[]? body, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var answer = Try(path, () => body is null ? http.Get(Path(path), AnswerBudget, Limit, cancellationToken) : http.Post(Path(path), body, AnswerBudget, Limit, cancellationToken));
            return answer.Status == Fine ? answer.Body : throw Refused(path, answer.Body);
        },
        cancellationToken);

    /// <exception cref="MachineException">The engine does not answer, or ended in the middle.</exception>
    private T Try<T>(string path, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (exception is SocketException or IOException or TimeoutException)
        {
            throw transport.Explain(path, Limit, exception);
        }
        catch (InvalidDataException exception)
        {
            throw Odd(path, exception.Message);
        }
    }

    private static string Path(string path) => "/api/v1/" + path;

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
