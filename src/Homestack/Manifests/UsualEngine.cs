using Homestack.Collections;

namespace Homestack.Manifests;

/// <summary>The container engine that the environment names, as Docker's own programs read it. A host with <c>connect</c> does not ask for it.</summary>
/// <param name="Address">From <c>DOCKER_HOST</c>; empty when it names none.</param>
/// <param name="TlsFolder">From <c>DOCKER_CERT_PATH</c>; empty when there is none.</param>
/// <remarks><para>Source: docs.docker.com/reference/cli/docker, "Environment variables".</para></remarks>
public sealed record UsualEngine(string Address, string TlsFolder)
{
    /// <summary>The usual socket of this machine.</summary>
    public static readonly UsualEngine Unnamed = new("", "");

    public static UsualEngine Of(ValueMap<string> environment) => new(Value(environment, "DOCKER_HOST"), Value(environment, "DOCKER_CERT_PATH"));

    private static string Value(ValueMap<string> environment, string name) => environment.TryGetValue(name, out var value) ? value : "";
}
