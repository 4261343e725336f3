using System.Globalization;

namespace Homestack.Machine;

/// <summary>Where a container engine listens, taken apart.</summary>
/// <param name="Kind">How to get there.</param>
/// <param name="Address">As it was written.</param>
/// <param name="Host">Name or address; empty for a socket on this machine.</param>
/// <param name="Port">0: the usual one of the kind.</param>
/// <param name="User">For ssh; empty for the one that ssh's own configuration says.</param>
/// <param name="Path">Of the socket, on the machine where it is; empty for the one that is usual there.</param>
public sealed record EngineEndpoint(EngineEndpointKind Kind, string Address, string Host, int Port, string User, string Path)
{
    /// <summary>Where an engine listens when nobody says otherwise.</summary>
    public const string UsualSocket = "/var/run/docker.sock";

    private const int TlsPort = 2376;

    /// <exception cref="MachineException">It is none of the three forms.</exception>
    public static EngineEndpoint Parse(string address)
    {
        if (address.StartsWith("unix://", StringComparison.Ordinal) && address.Length > 8 && address[7] == '/')
        {
            return new(EngineEndpointKind.Unix, address, "", 0, "", address[7..]);
        }

        // On the other side a shell reads the path, so it is made of plain letters only.
        var isSsh = address.StartsWith("ssh://", StringComparison.Ordinal);
        if ((isSsh || address.StartsWith("tcp://", StringComparison.Ordinal)) && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            && IsWord(uri.IdnHost.Trim('[', ']')) && (uri.AbsolutePath == "/" || (isSsh && uri.AbsolutePath.Split('/').Skip(1).All(IsWord))) && (uri.UserInfo.Length == 0 || (isSsh && IsWord(uri.UserInfo))) && uri.Query.Length == 0 && uri.Fragment.Length == 0)
        {
            var port = uri.Port > 0 ? uri.Port : isSsh ? 0 : TlsPort;
            return new(isSsh ? EngineEndpointKind.Ssh : EngineEndpointKind.Tcp, address, uri.IdnHost.Trim('[', ']'), port, uri.UserInfo, uri.AbsolutePath.Length > 1 ? uri.AbsolutePath : "");
        }

        throw new MachineException($"connect {address}", "The address of an engine is unix:///path, ssh://user@host[:port][/path] or tcp://host[:port].", "Correct it in homestack.yaml.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}");

    /// <remarks>A word that begins with "-" would be an option to ssh.</remarks>
    private static bool IsWord(string text) => text.Length > 0 && text[0] != '-' && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':');
}

/// <summary>How to get to an engine.</summary>
public enum EngineEndpointKind
{
    Unix,
    Ssh,
    Tcp,
}
