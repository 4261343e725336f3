using System.CommandLine;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Cli.Commands;

/// <summary><c>exec SERVICE -- PROGRAM …</c>: runs a program in a running container of a service, with this terminal. Ends with its exit code.</summary>
internal static class ExecCommand
{
    private const int CopySize = 16 << 10;

    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("exec", "Run a program in a service's container");
        var service = new Argument<string>("SERVICE") { Description = "stack/name, or the name alone" };
        var words = new Argument<string[]>("PROGRAM") { Description = "The program and its arguments, after --", Arity = ArgumentArity.OneOrMore };
        var user = new Option<string?>("--user", "-u") { Description = "As this user of the container", HelpName = "USER" };
        var isPlain = new Option<bool>("--no-terminal", "-T") { Description = "Without a terminal, also when there is one" };
        command.Add(service);
        command.Add(words);
        command.Add(user);
        command.Add(isPlain);
        command.SetAction(async (result, cancellationToken) =>
        {
            var call = global.Read(result, io);
            var hasTerminal = io.IsInputTerminal && io.IsOutputTerminal && !result.GetValue(isPlain);
            var body = new ExecBody { Cmd = result.GetRequiredValue(words).ToValueList(), User = result.GetValue(user), Tty = hasTerminal, AttachStdin = true };
            return (int)await RunAsync(call, result.GetRequiredValue(service), body, cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static Task<ExitCode> RunAsync(Call call, string name, ExecBody body, CancellationToken cancellationToken) => ServiceVerb.WithAsync(call, name, async found =>
    {
        if (found.Containers.FirstOrDefault(container => container.IsRunning) is not { } container)
        {
            return call.Refuse($"The service {found.Name} does not run.", "homestack status");
        }

        var id = await container.Engine.CreateExecAsync(container.Id, body, cancellationToken).ConfigureAwait(false);
        await using (var stream = await container.Engine.StartExecAsync(id, body.Tty, cancellationToken).ConfigureAwait(false))
        {
            using var terminal = body.Tty ? RawTerminal.Take() : null;
            if (body.Tty)
            {
                await container.Engine.ResizeExecAsync(id, Console.WindowHeight, call.Io.Width, cancellationToken).ConfigureAwait(false);
            }

            // Reading the keyboard cannot be given up: it ends with this process.
            _ = SendAsync(call, stream, cancellationToken);
            await (body.Tty ? CopyAsync(stream, call.Io.OpenOutput(), cancellationToken) : WriteAsync(call, stream, cancellationToken)).ConfigureAwait(false);
        }

        var ended = await container.Engine.InspectExecAsync(id, cancellationToken).ConfigureAwait(false);
        return (ExitCode)(ended.ExitCode ?? 1);
    }, cancellationToken);

    private static async Task SendAsync(Call call, Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(call.Io.OpenInput(), stream, cancellationToken).ConfigureAwait(false);
            (stream as TwoWayStream)?.EndWriting();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException or System.Net.Sockets.SocketException)
        {
            // The program ended first.
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var piece = new byte[CopySize];
        while (await from.ReadAsync(piece, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            await to.WriteAsync(piece.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            await to.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(Call call, Stream stream, CancellationToken cancellationToken)
    {
        await foreach (var line in LogFrames.ReadAsync(stream, hasTerminal: false, cancellationToken).ConfigureAwait(false))
        {
            await (line.Source == LogSource.Error ? call.Io.Error : call.Io.Out).WriteLineAsync(line.Words).ConfigureAwait(false);
        }
    }
}
