using System.Net.Sockets;

namespace Homestack.Machine;

/// <summary>Whether somebody listens on a unix socket.</summary>
public static class SocketProbe
{
    private const int NoEntry = 2, AccessDenied = 13, ConnectionRefused = 111;

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
