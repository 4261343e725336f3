using System.CommandLine;
using System.Text;
using Homestack.Blueprints;
using Homestack.Blueprints.Rendering;
using Homestack.Cli.Views;
using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Homes;
using Homestack.Machine;
using Homestack.Planes.Names;

namespace Homestack.Cli.Commands;

/// <summary><c>render</c>: the compiled home in an engine's own format. Needs no machine.</summary>
internal static class RenderCommand
{
    private const string FileName = "compose.yaml", SampleName = ".env.sample";

    /// <summary>Format → what would write it, for those that nothing writes yet.</summary>
    private static readonly ValueMap<string> Later = new (string Format, string Plane)[]
    {
        ("nftables", "firewall"), ("wireguard", "VPN"), ("libvirt", "virtual machines"),
    }.ToValueMap(pair => pair.Format, pair => pair.Plane);

    public static Command Create(IoContext io, GlobalOptions global)
    {
        var command = new Command("render", "The compiled home in an engine's own format");
        var folder = HomeChoice.Argument();
        var profiles = ProfileOption.Create();
        var format = new Option<string>("--to") { Description = "compose, zone or blueprint", HelpName = "FORMAT", Required = true };
        var target = new Option<string?>("--out") { Description = "A file for each, in this folder, instead of standard output", HelpName = "DIR" };
        command.Add(folder);
        command.Add(format);
        command.Add(target);
        command.Add(profiles);
        command.SetAction(result => (int)Run(global.Read(result, io), result.GetValue(folder), result.GetValue(profiles) ?? [], result.GetValue(format) ?? "", result.GetValue(target)));
        return command;
    }

    private static ExitCode Run(Call call, string? given, string[] profiles, string format, string? target)
    {
        if (Later.TryGetValue(format, out var plane))
        {
            return call.Refuse($"Nothing can be rendered to {format} yet: the plane for {plane} is not built.", "What can be rendered: homestack render --to compose, --to zone, or --to blueprint");
        }

        if (format is not ("compose" or "zone" or "blueprint"))
        {
            return call.Refuse($"\"{SafeText.Line(format)}\" is no format that a home can be rendered to.{Suggestion.For(format, ["compose", "zone", "blueprint", .. Later.Keys])}", "homestack render --to compose, --to zone, or --to blueprint");
        }

        if (HomeChoice.Find(call, given) is not { } folder || HomeLoading.LoadOrSay(call, folder, profiles) is not var (blueprint, _))
        {
            return ExitCode.Error;
        }

        var place = string.IsNullOrEmpty(target) ? null : Path.GetFullPath(target, call.Io.WorkingFolder);
        return format switch { "compose" => Compose(call, blueprint, place), "zone" => Zones(call, blueprint, place), _ => Blueprint(call, blueprint, place) };
    }

    private static ExitCode Compose(Call call, Blueprint blueprint, string? place)
    {
        if (place is null)
        {
            var document = ComposeWriter.Write(blueprint, ComposeSecrets.Variables);
            call.Io.Out.Write(document.Text);
            Note(call, document.Notes);
            if (document.Variables.Count > 0)
            {
                Note(call, [$"Set these variables, which take the place of secrets: {string.Join(", ", document.Variables.Keys)}"]);
            }

            return ExitCode.Fine;
        }

        var stacks = ComposeWriter.WriteStacks(blueprint, ComposeSecrets.Variables);
        var files = stacks.SelectMany(stack => stack.Value.Files.Select(file => KeyValuePair.Create($"{stack.Key}/{file.Key}", file.Value))
            .Append(new($"{stack.Key}/{FileName}", stack.Value.Text))
            .Concat(stack.Value.Variables.Count > 0 ? [new($"{stack.Key}/{SampleName}", stack.Value.SampleVariables)] : Array.Empty<KeyValuePair<string, string>>())).ToValueMap();
        if (!NewFiles.Write(call, place, files))
        {
            return ExitCode.Error;
        }

        foreach (var path in files.Keys)
        {
            call.Say($"  + {Path.Combine(place, path)}");
        }

        Note(call, stacks.Values.SelectMany(stack => stack.Notes));
        if (stacks.Values.Any(stack => stack.Variables.Count > 0))
        {
            call.Say($"\nCopy each {SampleName} to .env and fill in its values: they are the home's secrets, which are never written.");
        }

        return ExitCode.Fine;
    }

    private static ExitCode Blueprint(Call call, Blueprint blueprint, string? place)
    {
        var json = Encoding.UTF8.GetString(PlaneList.Json.Write(blueprint));
        if (place is null)
        {
            call.Io.Out.WriteLine(json);
            return ExitCode.Fine;
        }

        if (!NewFiles.Write(call, place, new[] { "blueprint.json" }.ToValueMap(name => name, _ => json + "\n")))
        {
            return ExitCode.Error;
        }

        call.Say($"  + {Path.Combine(place, "blueprint.json")}");
        return ExitCode.Fine;
    }

    private static ExitCode Zones(Call call, Blueprint blueprint, string? place)
    {
        var diagnostics = new DiagnosticBag();
        var zones = ZoneWriter.Write(NamesCompiler.Compile(blueprint, ProcessEnvironment.IsRoot, diagnostics).Snapshot);
        HomeLoading.Say(call, diagnostics);
        if (zones.Count == 0)
        {
            return call.Refuse("This home has no name server, so there are no zones.", "Give it zones, and this machine an address under hosts.");
        }

        if (place is null)
        {
            call.Io.Out.Write(string.Join('\n', zones.Values));
            return ExitCode.Fine;
        }

        if (!NewFiles.Write(call, place, zones))
        {
            return ExitCode.Error;
        }

        foreach (var path in zones.Keys)
        {
            call.Say($"  + {Path.Combine(place, path)}");
        }

        return ExitCode.Fine;
    }

    /// <summary>On standard error, so that standard output stays the document.</summary>
    private static void Note(Call call, IEnumerable<string> notes)
    {
        foreach (var note in notes.Where(_ => !call.IsQuiet))
        {
            call.Io.Error.WriteLine($"note: {SafeText.Line(note)}");
        }
    }
}
