using System.Net;
using System.Net.Sockets;

namespace Homestack.Front.Machine;

/// <summary>Asks whether somebody listens at a port, and hangs up.</summary>
internal static class PortProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public static async Task<bool> TakesCallsAsync(IPEndPoint destination)
    {
        using var socket = new Socket(destination.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await socket.ConnectAsync(destination, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
