using System.Net;
using System.Net.Sockets;

namespace Homestack.Front.Machine;

/// <summary>Sockets that are listened on.</summary>
internal static class ListenSocket
{
    /// <summary>For datagrams, bound to exactly the address that is asked for.</summary>
    /// <exception cref="SocketException">It is taken, or is no address of this machine.</exception>
    public static Socket BindDatagrams(IPEndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (endpoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.ReceiveBufferSize = 1 << 20;
            socket.Bind(endpoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Bound to exactly the address that is asked for: <c>[::]</c> takes no IPv4 visitors, so that <c>0.0.0.0</c> can stand beside it.</summary>
    /// <param name="endpoint">Address and port, or the path of a unix socket.</param>
    /// <exception cref="SocketException">It is taken, or is no address of this machine.</exception>
    public static Socket Bind(EndPoint endpoint)
    {
        var socket = endpoint is IPEndPoint
            ? new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (endpoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(endpoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
