using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Homestack.EndToEnd.Certificates;

/// <summary>The public DNS as a test knows it: one zone that is its own name server, on port 53 of an address of loopback. What names say is kept by <c>pebble-challtestsrv</c>, which knows of no zones.</summary>
internal sealed class PublicDns : IAsyncDisposable
{
    private const int TypeNameServer = 2, TypeStart = 6, HeaderLength = 12;

    private readonly UdpClient socket;
    private readonly IPEndPoint names;
    private readonly string zone;
    private readonly Task running;
    private readonly CancellationTokenSource stop = new();

    /// <param name="address">Of loopback, this test's alone.</param>
    /// <param name="zone">Without a dot at its end.</param>
    /// <param name="names">Where <c>pebble-challtestsrv</c> listens.</param>
    public PublicDns(string address, string zone, IPEndPoint names)
    {
        (Address, this.zone, this.names) = (address, zone, names);
        socket = new UdpClient(new IPEndPoint(IPAddress.Parse(address), 53));
        running = RunAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        socket.Dispose();
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var asked = await socket.ReceiveAsync(stop.Token);
                await socket.SendAsync(await AnswerAsync(asked.Buffer), asked.RemoteEndPoint, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<byte[]> AnswerAsync(byte[] question)
    {
        var (name, end) = NameAt(question);
        var type = (question[end] << 8) | question[end + 1];
        if (type is TypeStart or TypeNameServer)
        {
            // An empty answer for names below the zone; the asker goes on one label up.
            byte[] content = type == TypeNameServer ? Labels("ns." + zone) : [.. Labels("ns." + zone), .. Labels("hostmaster." + zone), .. new byte[20]];
            return name == zone ? Written(question, end, content, type) : Written(question, end, [], type);
        }

        using var other = new UdpClient();
        await other.SendAsync(question, names, stop.Token);
        return (await other.ReceiveAsync(stop.Token)).Buffer;
    }

    private static byte[] Written(byte[] question, int end, byte[] content, int type)
    {
        byte[] head = [question[0], question[1], 0x85, 0x80, 0, 1, 0, (byte)(content.Length > 0 ? 1 : 0), 0, 0, 0, 0, .. question[HeaderLength..(end + 4)]];
        return content.Length == 0 ? head : [.. head, 0xC0, HeaderLength, 0, (byte)type, 0, 1, 0, 0, 0, 1, 0, (byte)content.Length, .. content];
    }

    private static (string Name, int End) NameAt(byte[] message)
    {
        var name = new List<string>();
        var at = HeaderLength;
        for (; message[at] > 0; at += message[at] + 1)
        {
            name.Add(Encoding.ASCII.GetString(message, at + 1, message[at]));
        }

        return (string.Join('.', name).ToLowerInvariant(), at + 1);
    }

    private static byte[] Labels(string name) => [.. name.Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)), 0];
}
