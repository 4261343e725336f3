using System.Text;

namespace Homestack.Front.Pages;

/// <summary>The frame of our pages: readable by people and by screen readers, on a phone and in the dark too, without a script.</summary>
internal static class Html
{
    public const string Type = "text/html; charset=utf-8";

    /// <summary>Nothing may be loaded; the style stands in the page.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    private const string Style =
        """
        :root{color-scheme:light dark;--ground:#f4f5f7;--card:#fff;--ink:#1c2025;--quiet:#59616b;--edge:#dfe3e8;--accent:#2463a8}
        @media(prefers-color-scheme:dark){:root{--ground:#14171a;--card:#1d2125;--ink:#e9ecef;--quiet:#a2abb5;--edge:#31373d;--accent:#7db3ef}}
        *{box-sizing:border-box}
        body{font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;background:var(--ground);color:var(--ink);margin:0;min-height:100vh;min-height:100svh;display:grid;place-items:center;padding:1rem;overflow-wrap:anywhere}
        main{width:100%;max-width:34rem;background:var(--card);border:1px solid var(--edge);border-radius:16px;padding:2rem 1.75rem}
        h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem}p{margin:0 0 .75rem}li{margin:0 0 .5rem}ul{padding-left:1.25rem;margin:0}a{color:var(--accent)}
        .quiet{color:var(--quiet);font-size:.875rem;margin:1.5rem 0 0}
        .dot{display:inline-block;width:.5rem;height:.5rem;border-radius:50%;background:var(--accent);margin-right:.5rem;animation:beat 1.6s ease-in-out infinite}
        @keyframes beat{50%{opacity:.25}}@media(prefers-reduced-motion:reduce){.dot{animation:none}}
        """;

    /// <param name="title">Text, already encoded.</param>
    /// <param name="body">HTML, already encoded.</param>
    /// <param name="again">Seconds after which it is loaded again; empty for never.</param>
    public static byte[] Page(string title, string body, string again = "") => Encoding.UTF8.GetBytes(
        $$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">{{(again.Length > 0 ? $"<meta http-equiv=\"refresh\" content=\"{again}\">" : "")}}<title>{{title}}</title>
        <style>{{Style}}</style>
        </head><body><main>{{body}}</main></body></html>

        """);
}
