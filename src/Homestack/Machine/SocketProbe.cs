using System.Globalization;
using System.Net.Sockets;

namespace Homestack.Machine;

/// <summary>Whether somebody listens on a unix socket.</summary>
public static class SocketProbe
{
    private const int NoEntry = 2, AccessDenied = 13, ConnectionRefused = 111;

    /// <summary>Whether somebody listens who is this user and has the same file systems mounted: what he reads is what we would read.</summary>
    /// <remarks>A unit with file systems of its own, or root asking what serves somebody else, is not alike. Who cannot tell says no.
    /// <para>Source: proc(5), <c>/proc/pid/ns/mnt</c> and <c>/proc/pid/root</c>.</para></remarks>
    public static bool IsListenerAlike(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return PeerCredentials.Of(socket) is { } peer && peer.UserId == ProcessEnvironment.UserId && IsSame(peer.ProcessId, "ns/mnt") && IsSame(peer.ProcessId, "root");
        }
        catch (Exception exception) when (exception is SocketException or ArgumentOutOfRangeException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The process that listens on a socket, as the kernel knows it; null when none does.</summary>
    public static PeerCredentials? ListenerOf(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return PeerCredentials.Of(socket);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static bool IsSame(int process, string link) =>
        File.ResolveLinkTarget(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{link}"), returnFinalTarget: false)?.Name is { } theirs
        && theirs == File.ResolveLinkTarget("/proc/self/" + link, returnFinalTarget: false)?.Name;

    /// <summary>Connects and hangs up.</summary>
    public static SocketAnswer Ask(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return SocketAnswer.Listening;
        }
        catch (SocketException exception)
        {
            return exception.NativeErrorCode switch
            {
                NoEntry or ConnectionRefused => SocketAnswer.Nobody,
                AccessDenied => SocketAnswer.Denied,
                _ => exception.SocketErrorCode switch
                {
                    SocketError.AccessDenied => SocketAnswer.Denied,
                    _ => SocketAnswer.Nobody,
                },
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            // The path is longer than the kernel takes: nobody can listen there.
            return SocketAnswer.Nobody;
        }
    }
}

/// <summary>What connecting to a socket came to.</summary>
public enum SocketAnswer
{
    Listening,

    /// <summary>There is no socket, or a dead one.</summary>
    Nobody,

    /// <summary>There is one, and we may not use it.</summary>
    Denied,
}
