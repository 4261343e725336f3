using System.Net.Sockets;

namespace Homestack.EndToEnd.Engines;

/// <summary>SO_PEERCRED of unix(7).</summary>
internal static class PeerCredentials
{
    private const int SocketLevel = 1, PeerCred = 17;

    /// <summary>The process at the other end, as it was when it connected.</summary>
    public static int ProcessOf(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCred, credentials);
        return BitConverter.ToInt32(credentials);
    }
}
