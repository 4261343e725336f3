using System.Buffers;
using System.Text;
using Homestack.Front.Forwarding;
using Homestack.Front.Requests;
using Homestack.Front.Upstreams;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Homestack.Front.Tests;

/// <summary>Path, host and handshake that tell different stories, by lot: what is let pass is written for the application exactly as it was judged, and has no second reading.</summary>
public sealed class ConfusionTests(ITestOutputHelper output)
{
    private const int Count = 50_000;

    private static readonly string[] Hosts = ["a.home.test", "b.home.test", "A.Home.Test", "a.home.test.", ".a.home.test", "a.home.test:443", "a.home.test:0", "a.home.test:99999", "a.home.test@b.home.test", "a..home.test", "a.home.test, b.home.test", "a.home.test/", "a.home.test#", "a_b", "[::1]", "127.0.0.1", "", "a.home.test\u00e9", "xn--a"];

    private static readonly string[] Pieces =
    [
        "/", "/", "//", "a", "b", "admin", "..", ".", "%2e", "%2E%2e", "%2f", "%2F", "%5c", "\\", ";", ";x=1", "..;", "%00", "%0a", "%0d%0a", "%20", " ", "?", "?a=/../", "#", "%", "%2", "%zz", "%252e", "%25%32%65", "%c0%ae", "%e0%80%ae", "\u00e9", "~", "*", ":", "@",
        "http://a.home.test", "https://b.home.test", "https://a.home.test", "\t", "\u0001", "%7f", "|", "^", "{", "\"", "<",
    ];

    private static readonly string[] Methods = ["GET", "POST", "get", "G ET", "CONNECT", "TRACE", "OPTIONS", "GET\r\nX: y", "PROPFIND", "M-SEARCH"];

    [Fact]
    public void What_was_judged_is_what_is_forwarded()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("HOMESTACK_SEED"), out var given) ? given : Environment.TickCount & 0xFFFFFF;
        output.WriteLine($"seed {seed}");
        var lot = new Random(seed);
        using var pool = new UpstreamPool("http://10.0.0.1:80", TimeProvider.System);
        var passed = 0;
        for (var turn = 0; turn < Count; turn++)
        {
            var host = Hosts[lot.Next(3) == 0 ? lot.Next(Hosts.Length) : lot.Next(3)];
            var name = Hosts[lot.Next(3) == 0 ? lot.Next(Hosts.Length) : lot.Next(3)];
            var target = (lot.Next(3) == 0 ? "" : "/") + string.Concat(Enumerable.Range(0, lot.Next(1, 6)).Select(_ => Pieces[lot.Next(3) == 0 ? lot.Next(Pieces.Length) : lot.Next(6)]));
            var http = Ask(lot.Next(5) == 0 ? Methods[lot.Next(Methods.Length)] : "GET", target, host, name);
            if (RequestGate.Read(http, out var judged) != 0)
            {
                continue;
            }

            var bytes = new ArrayBufferWriter<byte>();
            if (!RequestHead.TryWrite(bytes, http, new(null), judged, pool, isOwnName: true, default, null))
            {
                continue;
            }

            passed++;
            var lines = Encoding.Latin1.GetString(bytes.WrittenSpan).Split("\r\n");
            var words = lines[0].Split(' ');
            Assert.True(words is [_, var path, "HTTP/1.1"] && path == judged.Target, $"{target} → {lines[0]}");
            Assert.True(target == judged.Target || target.Equals($"https://{host}{judged.Target}", StringComparison.OrdinalIgnoreCase) || judged.Target == "/", $"{target} → {judged.Target}");
            Assert.Equal($"Host: {judged.Authority}", lines[1]);
            Assert.Equal(name, judged.Host.ToString(), ignoreCase: true);
            Assert.Equal(host, judged.Authority, ignoreCase: true);
            HasOneReading(judged.Path.ToString());
        }

        output.WriteLine($"{passed} of {Count} passed");
        Assert.InRange(passed, Count / 50, Count);
    }

    /// <summary>However often another program takes the escapes off, and whatever it takes for a separator, it finds the same folders.</summary>
    private static void HasOneReading(string path)
    {
        var plain = path;
        for (var turn = 0; turn < 2; turn++)
        {
            // Once, as programs do; taking off twice what was escaped twice is a fault that no proxy can see.
            var once = turn == 0 ? Uri.UnescapeDataString(plain.Replace("%25", "\u0002", StringComparison.Ordinal)) : plain;
            plain = once;
        }

        Assert.Equal(path.Count(letter => letter == '/'), plain.Count(letter => letter == '/'));
        Assert.DoesNotContain('\\', plain);
        Assert.DoesNotContain(plain, letter => letter is < ' ' and not '\u0002');
        Assert.All(plain.Split('/'), segment => Assert.False(segment.Split(';')[0] is "." or "..", path));
    }

    private static DefaultHttpContext Ask(string method, string target, string host, string name)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = method;
        http.Request.Protocol = "HTTP/1.1";
        http.Request.Scheme = "https";
        http.Request.Headers.Host = host;
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        http.Features.Set<ITlsHandshakeFeature>(new Handshake(name));
        return http;
    }

    private sealed class Handshake(string name) : ITlsHandshakeFeature
    {
        public System.Security.Authentication.SslProtocols Protocol => System.Security.Authentication.SslProtocols.Tls13;

        public string HostName => name;

        public System.Net.Security.TlsCipherSuite? NegotiatedCipherSuite => null;

#pragma warning disable SYSLIB0058 // The interface asks for them.
        public System.Security.Authentication.CipherAlgorithmType CipherAlgorithm => default;

        public int CipherStrength => 0;

        public System.Security.Authentication.HashAlgorithmType HashAlgorithm => default;

        public int HashStrength => 0;

        public System.Security.Authentication.ExchangeAlgorithmType KeyExchangeAlgorithm => default;

        public int KeyExchangeStrength => 0;
#pragma warning restore SYSLIB0058
    }
}
