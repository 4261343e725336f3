using System.Buffers.Binary;
using System.Net.Sockets;

namespace Homestack.Machine;

/// <summary>Who is at the other end of a unix socket, as the kernel saw it when the connection was made.</summary>
/// <param name="ProcessId">Its process then.</param>
/// <param name="UserId">Its effective user then.</param>
/// <remarks><para>Source: unix(7), <c>SO_PEERCRED</c>; the values cannot be forged by the peer.</para></remarks>
public readonly record struct PeerCredentials(int ProcessId, uint UserId)
{
    private const int SocketLevel = 1, PeerCredentialsOption = 17, Size = 12;

    /// <summary>Null when the kernel does not say, as for sockets that are not unix sockets.</summary>
    public static PeerCredentials? Of(Socket? socket)
    {
        if (socket is null || socket.AddressFamily != AddressFamily.Unix)
        {
            return null;
        }

        Span<byte> answer = stackalloc byte[Size];
        try
        {
            return socket.GetRawSocketOption(SocketLevel, PeerCredentialsOption, answer) == Size
                ? new(Int(answer[..4]), (uint)Int(answer.Slice(4, 4)))
                : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static int Int(ReadOnlySpan<byte> bytes) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : BinaryPrimitives.ReadInt32BigEndian(bytes);
}
