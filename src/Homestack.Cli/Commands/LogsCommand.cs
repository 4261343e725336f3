using System.CommandLine;
using Homestack.Cli.Views;
using Homestack.Homes;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Cli.Commands;

/// <summary><c>logs</c>: what a service's containers wrote, to the same stream they wrote it to.</summary>
internal static class LogsCommand
{
    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("logs", "What a service wrote");
        var service = new Argument<string>("SERVICE") { Description = "stack/name, or the name alone" };
        var follows = new Option<bool>("--follow", "-f") { Description = "Go on with what comes" };
        var tail = new Option<int?>("--tail", "-n") { Description = "Only the last lines", HelpName = "LINES" };
        var since = new Option<string?>("--since") { Description = "Only from the last 10m, 2h, 3d, or since a moment (RFC 3339)", HelpName = "TIME" };
        command.Add(service);
        command.Add(follows);
        command.Add(tail);
        command.Add(since);
        command.SetAction(async (result, cancellationToken) => (int)await RunAsync(
            global.Read(result, io), result.GetRequiredValue(service), result.GetValue(follows), result.GetValue(tail), result.GetValue(since), cancellationToken).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Call call, string name, bool follows, int? tail, string? since, CancellationToken cancellationToken)
    {
        DateTimeOffset? from = null;
        if (since is { Length: > 0 } && (from = Moment(since, call.Io.Clock.GetUtcNow())) is null)
        {
            return call.Refuse($"\"{since}\" is no time.", "Write 10m, 2h or 3d, or a moment such as 2026-05-04T21:00:00Z.");
        }

        var request = new LogRequest(tail, follows, call.IsVerbose, from);
        return await ServiceVerb.WithAsync(call, name, async found =>
        {
            using var gate = new SemaphoreSlim(1, 1);
            await Task.WhenAll(found.Containers.Select(container => CopyAsync(call, container, found.Containers.Count > 1, request, gate, cancellationToken))).ConfigureAwait(false);
            return ExitCode.Fine;
        }, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CopyAsync(Call call, FoundContainer container, bool isNamed, LogRequest request, SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        await foreach (var line in container.Engine.LogsAsync(container.Id, request, cancellationToken).ConfigureAwait(false))
        {
            var writer = line.Source == LogSource.Error ? call.Io.Error : call.Io.Out;

            // A terminal would obey what a container wrote; a file or a pipe gets it as it is.
            var words = (line.Source == LogSource.Error ? call.Io.IsErrorTerminal : call.Io.IsOutputTerminal) ? SafeText.Line(line.Words) : line.Words;
            await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await writer.WriteLineAsync(isNamed ? $"{container.Name}  {words}" : words).ConfigureAwait(false);
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                gate.Release();
            }
        }
    }

    private static DateTimeOffset? Moment(string text, DateTimeOffset now)
    {
        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count))
        {
            TimeSpan? span = text[^1] switch { 's' => TimeSpan.FromSeconds(count), 'm' => TimeSpan.FromMinutes(count), 'h' => TimeSpan.FromHours(count), 'd' => TimeSpan.FromDays(count), _ => null };
            return now - span;
        }

        return DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }
}
