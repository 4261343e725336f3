using System.CommandLine;
using Homestack.Cli.Views;

namespace Homestack.Cli.Commands;

/// <summary>The whole command line, in the order in which people meet the verbs.</summary>
internal static class Verbs
{
    public static RootCommand Build(IoContext io)
    {
        var global = new GlobalOptions();
        var root = new RootCommand("Your whole home server in one folder: see what would change, bring it up, go back.");
        global.AddTo(root);
        root.Add(ValidateCommand.Create(io, global));
        root.Add(PlanCommand.Create(io, global));
        root.Add(UpCommand.Create(io, global));
        root.Add(ApplyCommand.Create(io, global));
        root.Add(DownCommand.Create(io, global));
        root.Add(StatusCommand.Create(io, global));
        root.Add(NamesCommand.Create(io, global));
        root.Add(GenerationsCommand.Create(io, global));
        root.Add(RollbackCommand.Create(io, global));
        root.Add(LogsCommand.Create(io, global));
        root.Add(ExecCommand.Create(io, global));
        root.Add(RestartCommand.Create(io, global));
        root.Add(RenderCommand.Create(io, global));
        root.Add(ImportCommand.Create(io, global));
        root.Add(DoctorCommand.Create(io, global));
        root.Add(SchemaCommand.Create(io));
        root.Add(InstallCommand.Create(io, global));
        root.Add(TrustCommand.Create(io, global));
        root.Add(SecretCommand.Create(io, global));
        root.Add(VersionCommand.Create(io, global));
        HelpWithExamples.AddTo(root);
        foreach (var version in root.Options.OfType<VersionOption>().ToList())
        {
            root.Options.Remove(version);
        }

        return root;
    }
}
