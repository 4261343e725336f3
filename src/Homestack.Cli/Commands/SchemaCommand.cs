using System.CommandLine;
using Homestack.Manifests;

namespace Homestack.Cli.Commands;

/// <summary><c>schema</c>: the JSON Schema of the manifest, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create(IoContext io)
    {
        var command = new Command("schema", "JSON Schema of homestack.yaml, for editors");
        command.SetAction(_ =>
        {
            io.Out.WriteLine(ManifestSchema.Json());
            return (int)ExitCode.Fine;
        });
        return command;
    }
}
