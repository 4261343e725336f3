namespace Homestack.Tests.Hostile;

/// <summary>Texts that were written to be taken for something else: by a shell, a parser, a terminal, a path, an option list.</summary>
internal static class Payloads
{
    public const int Count = 300;

    private static readonly string[] Known =
    [
        "; touch pwned", "| touch pwned", "|| touch pwned", "& touch pwned", "&& touch pwned", "> pwned", ">> pwned", "< /etc/passwd", "$(touch pwned)", "`touch pwned`", "$((1+1))", "${IFS}touch${IFS}pwned",
        "$HOME", "${HOME}", "${HOME:-x}", "${x:?gone}", "$$", "$${x}", "${secret:a}", "${secret:../a}", "$${secret:a}", "*", "?", "[a-z]", "{a,b}", "~", "~root", "!!", "!$", "#", "a # b", "\\", "\\\\", "a\\", "\\n", "\\x00",
        "'", "''", "\"", "\"\"", "a'b", "a\"b", "'; touch pwned; '", "\"; touch pwned; \"", "'$(touch pwned)'", "\"$(touch pwned)\"",
        "a\nb", "a\r\nb", "a\rb", "\n", "\ta", "a\tb", "a\u0000b", "\u0000", "\u0001", "\u0007", "\u0008", "\u001b[31mred\u001b[0m", "\u001b]0;title\u0007", "\u007f", "\u0085", "\u009b31m", "a\u2028b", "a\u2029b", "\ufeffa",
        "a\u202eb", "\u2066a\u2069", "a\u200bb", "a\u200db", "a\u00adb", "é", "é", "日本語", "😀", "\uffff", "ﷺ", new string('a', 300), new string('\u0301', 50),
        "--privileged", "-v/:/host", "--volume=/:/host", "-oProxyCommand=touch pwned", "--", "-", "--help", "-h", "@file", "--config=/etc/shadow",
        "../../../etc/passwd", "..", ".", "/", "//", "/..", "/etc/passwd", "./..", "a/../../b", "..\\..\\a", "%2e%2e%2f", "file:///etc/passwd", "/dev/null", "/proc/self/environ", "\\\\host\\share", "C:\\a", "unix:///var/run/docker.sock",
        "a: b", "a:", ": a", "- a", "&a", "*a", "!a", "!!python/object", "<<", "---", "...", "%YAML", "{", "}", "[", "]", ",", "{a: b}", "[a]", "|", ">", "? a", "~", "null", "true", "no", "1e3", "0x10", "010", "12:30", ".inf", "2026-01-01",
        "\",\"Privileged\":true,\"x\":\"", "\"}}", "{\"a\":1}", "</script>", "<!--", "]]>", "&amp;", "a=b", "=", "a=b=c", "A=1\nB=2", "a,b", "a;b", "a|b", "label=disable", "x:y:z", "a:b:rw", ":::", "host", "container:other", "service:other",
        "[Service]", "ExecStart=/bin/sh", "%h", "%%", "%n", "%i%j", "{0}", "{{.Env}}", "{{ 1 }}", "#{x}", "<%= 1 %>", "$[1]", "' OR 1=1 --", "a' UNION SELECT 1", "1; DROP TABLE a", "*)(uid=*", "jndi:ldap://a", "${jndi:ldap://a}",
        "CON", "nul", " ", "  a  ", "a ", " a", "", "-1", "0", "99999999999999999999", "1.5", "NaN", "1GiB", "5m", "%s%s%s%n", "a@b", "user:pass@host", "::1", "0.0.0.0", "256.1.1.1", "10.0.0.0/99", "homestack.home", "homestack.digest=0",
    ];

    private static readonly string[] Pieces = ["$(", ")", "`", "'", "\"", "\\", "\n", "\u0000", ";", "|", "&", "${", "}", "$$", "--", "../", "/", ":", "=", ",", "#", "!", "é", "\u202e", "😀", "a", "Z", "0", " ", "\t", "\u001b[", "%", "{", "[", "]", "<", ">", "*", "?", "~", "@"];

    /// <summary>The same three hundred in every run: the well-known ones, and mixtures of their pieces.</summary>
    public static IReadOnlyList<string> All { get; } = Make();

    private static string[] Make()
    {
        var random = new Random(300);
        var all = Known.Distinct().ToList();
        while (all.Count < Count)
        {
            var mixed = string.Concat(Enumerable.Range(0, random.Next(2, 9)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            if (!all.Contains(mixed))
            {
                all.Add(mixed);
            }
        }

        return [.. all.Take(Count)];
    }
}
