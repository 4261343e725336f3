namespace Homestack.Machine;

/// <summary>What the last words of an <c>ssh</c> mean, and what to do about it. Pure.</summary>
/// <remarks><para>Source: the messages of OpenSSH 8 and 9 and of Docker's client, which neither translates.</para></remarks>
internal static class SshFailure
{
    private const int LongestWords = 300;

    /// <param name="target">As it follows <c>ssh</c> on a command line: <c>-p 2222 ana@nuc</c>.</param>
    /// <param name="host">For people.</param>
    /// <param name="exitCode">Of ssh; 255 is its own, everything else comes from the other machine.</param>
    /// <param name="words">What it wrote to its error stream.</param>
    public static MachineException Of(string target, string host, int exitCode, string words)
    {
        bool Says(string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);
        MachineException Because(string why, string next, MachineFailure kind) => new($"ssh {target}", $"{why} ssh says: {Brief(words)}", next, kind);

        return words switch
        {
            _ when Says("IDENTIFICATION HAS CHANGED") => new($"ssh {target}", $"The host key of {host} is not the one that was known: another machine answers there, or it was installed anew.",
                $"If that is so, take the old key away (ssh-keygen -R {host}), and accept the new one: ssh {target}", MachineFailure.Denied),
            _ when Says("Host key verification failed") => new($"ssh {target}", $"The host key of {host} is not known here yet, so nobody can say who answers.",
                $"Compare its fingerprint and accept it once: ssh {target}", MachineFailure.Denied),
            _ when Says("Permission denied (") => Because($"{host} takes none of our keys.", $"Try: ssh-copy-id {target}", MachineFailure.Denied),
            _ when Says("permission denied while trying to connect") || Says("connect: permission denied") => Because($"The user on {host} may not use the container engine there.",
                $"Try: ssh {target} sudo usermod -aG docker '$USER'", MachineFailure.Denied),
            _ when Says("Cannot connect to the Docker daemon") || Says("error during connect") || Says("raw stream connection") => Because($"{host} answers, but no container engine does there.",
                $"Try: ssh {target} systemctl start docker", MachineFailure.Unreachable),
            _ when Says("Could not resolve hostname") => Because($"There is no host of the name \"{host}\".", "Correct its address in homestack.yaml, or in ~/.ssh/config.", MachineFailure.Unreachable),
            _ when Says("timed out") || Says("No route to host") || Says("Network is unreachable") => Because($"{host} does not answer.", $"Is it on? Try: ssh {target}", MachineFailure.Unreachable),
            _ when Says("Connection refused") => Because($"{host} refuses connections: no ssh server runs there, or it has another port.", $"Try: ssh {target}", MachineFailure.Unreachable),
            _ => Because($"The connection to {host} through ssh ended with {exitCode}.", $"Try: ssh {target} docker version", MachineFailure.Unreachable),
        };
    }

    private static string Brief(string words)
    {
        var line = string.Join(' ', words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length == 0 ? "nothing." : line.Length > LongestWords ? "…" + line[^LongestWords..] : line;
    }
}
