using Homestack.Collections;
using Homestack.Diagnostics;
using Homestack.Manifests.Compose.Loading;
using Homestack.Manifests.Compose.Reading;
using Homestack.Manifests.Yaml;

namespace Homestack.Manifests.Compose;

/// <summary>Loads one stack: a Compose file and everything that it includes, extends and names.</summary>
/// <remarks>Pure but for the reader that is passed in. Adds HS1001 to HS1027 and HS1100 to HS1199.
/// <para>Source: Compose Specification; where it is silent, the behaviour of compose-go.</para></remarks>
public static class StackLoader
{
    /// <param name="reader">Reads the home's files.</param>
    /// <param name="path">The stack's file, relative to the home's folder.</param>
    /// <param name="stackName">The name that the home gave the stack.</param>
    /// <param name="options">Environment and profiles.</param>
    /// <param name="diagnostics">Takes what is found.</param>
    /// <returns>Null when nothing usable was read; otherwise what was read, also when there are errors.</returns>
    public static StackSpec? Load(ISourceReader reader, string path, string stackName, LoadOptions options, DiagnosticBag diagnostics)
    {
        var files = new StackFiles(reader, options.Environment, diagnostics);
        var file = StackPath.Resolve("", path);
        var folder = StackPath.FolderOf(file);

        // The order is the specification's: variables, include, extends, merge, then profiles.
        var variables = new VariableScope(options.Environment);
        variables = variables.Under(files.ReadVariables(StackPath.Resolve(folder, ".env"), variables, asker: null));
        variables = variables.Under(new[] { stackName }.ToValueMap(_ => "COMPOSE_PROJECT_NAME", name => name));
        if (new Includes(files).Read([(file, null)], folder, variables) is not { } joined || Tags.Remove(joined, diagnostics) is not YamlMapping root)
        {
            return null;
        }

        var active = Profiles.Keep(root, ActiveProfiles(options, variables), out var inactive);
        var reading = new SpecReading(files, variables);
        var stack = new StackSpec { Name = stackName, File = root.Span.Source, InactiveServices = inactive };
        return StackReader.Read(active, stack, reading) is { } spec ? spec with { Sources = files.Sources } : null;
    }

    /// <remarks>Without any, the profile with the empty name is active, as in the reference.</remarks>
    private static IReadOnlyCollection<string> ActiveProfiles(LoadOptions options, VariableScope variables) =>
        options.Profiles.Count > 0 ? options.Profiles
            : (variables.TryGet("COMPOSE_PROFILES", out var names) ? names : "").Split(',', StringSplitOptions.TrimEntries);
}
