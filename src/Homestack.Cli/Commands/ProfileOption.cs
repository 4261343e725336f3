using System.CommandLine;

namespace Homestack.Cli.Commands;

/// <summary><c>--profile NAME</c>, as in Compose; may stand several times.</summary>
internal static class ProfileOption
{
    public static Option<string[]> Create() => new("--profile") { Description = "Also the services of this Compose profile; \"*\" for all", HelpName = "NAME" };
}
