using System.Text.Encodings.Web;
using Homestack.Front.Requests;
using Homestack.Front.Worlds;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Pages;

/// <summary>Offers the home's own root certificate to those at home.</summary>
internal static class AuthorityAnswer
{
    private const string File = "/root.crt";

    public static Task WriteAsync(HttpContext http, World world, CanonicalRequest request)
    {
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        return request.Path switch
        {
            _ when !isRead => ErrorPages.WriteAsync(http, StatusCodes.Status405MethodNotAllowed),
            "/" => ErrorPages.WriteAsync(http, StatusCodes.Status200OK, Page(world.Home), Html.Type),
            File => WriteCertificateAsync(http, world.Authority),
            _ => ErrorPages.WriteAsync(http, StatusCodes.Status404NotFound),
        };
    }

    /// <summary>DER, with the type that phones and browsers offer to install (RFC 8555 knows none; this one is Netscape's, and understood everywhere).</summary>
    private static async Task WriteCertificateAsync(HttpContext http, byte[] certificate)
    {
        http.Response.ContentType = "application/x-x509-ca-cert";
        http.Response.ContentLength = certificate.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(certificate, http.RequestAborted).ConfigureAwait(false);
        }
    }

    private static byte[] Page(string home) => Html.Page("Trust this home",
        $"""
        <h1>Trust {HtmlEncoder.Default.Encode(home)}</h1>
        <p>The names of this home have certificates of its own. Install its root certificate once on each device, and they are trusted there.</p>
        <p><a href="{File}">Download the root certificate</a></p>
        <ul><li>Android: Settings, Security, Install a certificate, CA certificate.</li>
        <li>iPhone: open the file, install the profile, then Settings, General, About, Certificate Trust Settings.</li>
        <li>Windows: open the file, Install, Trusted Root Certification Authorities.</li>
        <li>macOS: open the file in Keychain Access and set it to Always Trust.</li>
        <li>Linux: copy it to /usr/local/share/ca-certificates in PEM form and run update-ca-certificates. Firefox has its own list: Settings, Certificates.</li></ul>
        """);
}
