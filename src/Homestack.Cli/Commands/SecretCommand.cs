using System.CommandLine;
using System.Text;
using Homestack.Cli.Views;
using Homestack.Collections;
using Homestack.Machine;
using Homestack.Primitives;

namespace Homestack.Cli.Commands;

/// <summary><c>secret set NAME</c> and <c>secret list</c>. A value is never an argument, because every user of the machine can read those.</summary>
internal static class SecretCommand
{
    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("secret", "Values that manifests name and never hold");
        var set = new Command("set", "Set a secret; the value comes from a question or from standard input");
        var name = new Argument<string>("NAME") { Description = "As in ${secret:NAME}" };
        set.Add(name);
        set.SetAction(async (result, cancellationToken) => (int)await SetAsync(global.Read(result, io), result.GetRequiredValue(name), cancellationToken).ConfigureAwait(false));
        var list = new Command("list", "The names of all secrets");
        list.SetAction(result => (int)List(global.Read(result, io)));
        command.Add(set);
        command.Add(list);
        return command;
    }

    private static SecretStore Store(Call call) => new(new RealDisk(), Path.Combine(call.StateFolder, "secrets"));

    private static ExitCode List(Call call)
    {
        var names = Store(call).List();
        if (call.IsJson)
        {
            CliJson.Write(call.Io, names.ToValueList(), json => json.ValueListString);
        }
        else
        {
            foreach (var name in names)
            {
                call.Io.Out.WriteLine(name);
            }
        }

        return ExitCode.Fine;
    }

    private static async Task<ExitCode> SetAsync(Call call, string name, CancellationToken cancellationToken)
    {
        if (!SecretName.IsValid(name))
        {
            return call.Refuse("A secret's name is 1 to 64 of a-z 0-9 . _ - and begins with a letter or digit.");
        }

        if (call.Io.IsInputTerminal)
        {
            await call.Io.Error.WriteAsync($"Value of {name} (ends with Enter): ").ConfigureAwait(false);
        }

        var value = call.Io.IsInputTerminal ? call.Io.ReadHidden() : await ReadAllAsync(call.Io.In, cancellationToken).ConfigureAwait(false);
        if (value.Length == 0)
        {
            return call.Refuse("The value is empty, so nothing was set.");
        }

        if (Encoding.UTF8.GetByteCount(value) > SecretStore.Limit)
        {
            return call.Refuse($"A secret has at most {SecretStore.Limit / 1024} KiB.");
        }

        Store(call).Set(name, value);
        call.Say($"  + {name}");
        return ExitCode.Fine;
    }

    /// <summary>All of it, up to the limit and a little more, without one line break at the end as <c>echo</c> adds.</summary>
    private static async Task<string> ReadAllAsync(TextReader reader, CancellationToken cancellationToken)
    {
        var buffer = new char[SecretStore.Limit + 2];
        var count = await reader.ReadBlockAsync(buffer, cancellationToken).ConfigureAwait(false);
        var text = new string(buffer, 0, count);
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }
}
