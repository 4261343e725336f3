using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Homestack.Machine;

/// <summary>Fetches a file over https, whole or not at all: with a limit on its bytes, on the time, and on redirects, which must be https too.</summary>
/// <remarks><para>Source: RFC 9110 §13.1.2 (If-None-Match), §13.1.3 (If-Modified-Since), §15.4 (redirects).</para></remarks>
/// <param name="roots">Roots to trust in place of the machine's; null: the machine's.</param>
public sealed class WebDownload(X509Certificate2Collection? roots = null)
{
    private const int MostRedirects = 5;

    /// <summary>Asks for what changed since the last time.</summary>
    /// <param name="address">https.</param>
    /// <param name="last">What the last answer said of itself.</param>
    /// <param name="mostBytes">After decompression.</param>
    /// <param name="limit">For all of it.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    /// <exception cref="MachineException">It could not be fetched; says why.</exception>
    public async Task<WebFile> FetchAsync(Uri address, WebVersion last, int mostBytes, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(Handler()) { Timeout = Timeout.InfiniteTimeSpan };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        try
        {
            for (var redirects = 0; redirects <= MostRedirects; redirects++)
            {
                if (address.Scheme != Uri.UriSchemeHttps)
                {
                    throw Failed(address, "It leads to an address that is not https.");
                }

                using var answer = await client.SendAsync(Question(address, last), HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
                if (answer.StatusCode == HttpStatusCode.NotModified)
                {
                    return new(null, last);
                }

                if ((int)answer.StatusCode is >= 301 and <= 308 && answer.Headers.Location is { } next)
                {
                    address = new Uri(address, next);
                    continue;
                }

                return answer.StatusCode == HttpStatusCode.OK
                    ? new(await ReadAsync(address, answer, mostBytes, patience.Token).ConfigureAwait(false), new(answer.Headers.ETag?.ToString() ?? "", answer.Content.Headers.LastModified?.ToString("R") ?? ""))
                    : throw Failed(address, $"The server answered {(int)answer.StatusCode}.");
            }

            throw Failed(address, $"It leads on more than {MostRedirects} times.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(address, $"It took longer than {limit.TotalSeconds:F0} s.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidOperationException)
        {
            throw new MachineException($"fetch {address}", exception.Message, "The copy that is there goes on being used.", MachineFailure.Unreachable, exception);
        }
    }

    private static async Task<byte[]> ReadAsync(Uri address, HttpResponseMessage answer, int mostBytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var owned = stream.ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        for (var count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false); count > 0; count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false))
        {
            if (content.Length + count > mostBytes)
            {
                throw Failed(address, $"It is larger than {mostBytes >> 20} MiB.");
            }

            content.Write(buffer, 0, count);
        }

        return answer.Content.Headers.ContentLength is { } length && length != content.Length ? throw Failed(address, "It ended too soon.") : content.ToArray();
    }

    private static HttpRequestMessage Question(Uri address, WebVersion last)
    {
        var question = new HttpRequestMessage(HttpMethod.Get, address);
        question.Headers.UserAgent.ParseAdd("homestack");
        if (last.Tag.Length > 0 && EntityTagHeaderValue.TryParse(last.Tag, out var tag))
        {
            question.Headers.IfNoneMatch.Add(tag);
        }

        if (last.Modified.Length > 0)
        {
            question.Headers.TryAddWithoutValidation("If-Modified-Since", last.Modified);
        }

        return question;
    }

    private static MachineException Failed(Uri address, string words) => new($"fetch {address}", words, "The copy that is there goes on being used.", MachineFailure.Failed);

    private SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All, ConnectTimeout = TimeSpan.FromSeconds(10), MaxResponseHeadersLength = 32 };
        if (roots is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(roots);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        return handler;
    }
}

/// <summary>What a file said of itself when it was fetched.</summary>
/// <param name="Tag">Its ETag, or empty.</param>
/// <param name="Modified">Its date, or empty.</param>
public sealed record WebVersion(string Tag = "", string Modified = "");

/// <param name="Content">Null: not changed since.</param>
/// <param name="Version">To ask with the next time.</param>
public sealed record WebFile(byte[]? Content, WebVersion Version);
