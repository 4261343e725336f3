using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Homestack.NameServer.Upstreams;

/// <summary>Asks over UDP, each time from another socket with a random port; over TCP when the answer does not fit or the server changes the case of letters.</summary>
/// <remarks>The socket is connected: the kernel drops what comes from another address or port.<para>Source: RFC 5452 §9.2.</para></remarks>
internal sealed class UdpUpstream(IPEndPoint server, StreamUpstream overTcp) : IUpstreamTransport
{
    /// <summary>Packets that do not match before the question goes over TCP: somebody is guessing.</summary>
    private const int MaxStrays = 16;
    private const int MaxMessage = 4096;
    private static readonly TimeSpan ResendAfter = TimeSpan.FromMilliseconds(700);

    public async Task<byte[]?> ExchangeAsync(byte[] name, RecordType type, bool wantsDnssec, QuestionBudget budget, bool isLast, CancellationToken cancellationToken)
    {
        // What cannot be repeated goes over TCP at once: there an answer comes whole and from nobody else.
        while (!isLast)
        {
            var query = UpstreamQuery.Create(name, type, wantsDnssec, hasRandomId: true, hasRandomCase: true);
            using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            BindToRandomPort(socket);
            await socket.ConnectAsync(server, cancellationToken);
            await socket.SendAsync(query.Packet, cancellationToken);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(ResendAfter);
            byte[]? answer;
            try
            {
                answer = await ReceiveAsync(socket, query, patience.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Lost on the way, perhaps: once more, with a new id, port and case; or only patience is left.
                if (budget.TryResend(out isLast))
                {
                    continue;
                }

                answer = await ReceiveAsync(socket, query, cancellationToken);
            }

            if (answer is not null && (answer[2] & 0x02) == 0)
            {
                return answer;
            }

            if (!budget.TryFollowUp())
            {
                return null;
            }

            break;
        }

        return await overTcp.ExchangeAsync(name, type, wantsDnssec, budget, isLast, cancellationToken);
    }

    public void Dispose() => overTcp.Dispose();

    /// <returns>Null: ask over TCP.</returns>
    private static async Task<byte[]?> ReceiveAsync(Socket socket, UpstreamQuery query, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxMessage];
        var strays = 0;
        try
        {
            for (; strays < MaxStrays; strays++)
            {
                var length = await socket.ReceiveAsync(buffer, cancellationToken);
                if (query.IsAnsweredBy(buffer.AsSpan(0, length)))
                {
                    return buffer[..length];
                }
            }
        }
        catch (OperationCanceledException) when (strays > 0)
        {
            // It answers and does not keep the case of letters, or somebody guesses: either way TCP tells. A caller that gave up ends there.
        }

        return null;
    }

    private void BindToRandomPort(Socket socket)
    {
        var any = server.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        for (var tries = 0; tries < 8; tries++)
        {
            try
            {
                socket.Bind(new IPEndPoint(any, RandomNumberGenerator.GetInt32(1024, 65536)));
                return;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }

        socket.Bind(new IPEndPoint(any, 0));
    }
}
