using System.Net.Sockets;
using System.Security.Authentication;
using Homestack.NameServer.Resolution;

namespace Homestack.NameServer.Upstreams;

/// <summary>One server with its health.</summary>
internal sealed class Upstream : IDisposable
{
    private const int FailuresUntilDown = 2;
    private static readonly TimeSpan DownFor = TimeSpan.FromSeconds(10);

    private readonly IUpstreamTransport transport;
    private readonly NameEngineOptions options;
    private readonly bool isEncrypted;
    private int failures;
    private long downUntil;

    public Upstream(UpstreamAddress address, NameEngineOptions options)
    {
        this.options = options;
        isEncrypted = address.Transport is UpstreamTransport.Tls or UpstreamTransport.Https;
        transport = address.Transport switch
        {
            UpstreamTransport.Udp => new UdpUpstream(address.EndPoint, new StreamUpstream(address with { Transport = UpstreamTransport.Tcp }, null)),
            UpstreamTransport.Https => new HttpsUpstream(address, options.TrustedRoots),
            _ => new StreamUpstream(address, options.TrustedRoots),
        };
    }

    /// <summary>Failed lately: asked only after the others.</summary>
    public bool IsDown => options.Time.GetTimestamp() < Volatile.Read(ref downUntil);

    /// <returns>Null when it did not answer, or with neither NOERROR nor NXDOMAIN.</returns>
    public async Task<UpstreamReply?> AskAsync(byte[] name, RecordType type, bool wantsDnssec, bool allowsPrivate, QuestionBudget budget, bool isLast, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.UpstreamTimeout);
        try
        {
            var message = await transport.ExchangeAsync(name, type, wantsDnssec, budget, isLast, patience.Token);
            var reply = message is null ? null : ReplyReader.Read(message, name, type, wantsDnssec, allowsPrivate);
            Note(reply is not null);

            // Without encryption anybody on the way could set AD.
            return reply is { Code: ResponseCode.NoError or ResponseCode.NameError } ? reply with { IsAuthentic = reply.IsAuthentic && isEncrypted } : null;
        }
        catch (OperationCanceledException)
        {
            // Another server was quicker: that says nothing about this one.
            if (!cancellationToken.IsCancellationRequested)
            {
                Note(hasAnswered: false);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException or HttpRequestException or ObjectDisposedException)
        {
            Note(hasAnswered: false);
            return null;
        }
    }

    public void Dispose() => transport.Dispose();

    private void Note(bool hasAnswered)
    {
        if (hasAnswered)
        {
            Volatile.Write(ref failures, 0);
            Volatile.Write(ref downUntil, 0);
        }
        else if (Interlocked.Increment(ref failures) >= FailuresUntilDown)
        {
            Volatile.Write(ref downUntil, options.Time.GetTimestamp() + (long)(DownFor.TotalSeconds * options.Time.TimestampFrequency));
        }
    }
}
