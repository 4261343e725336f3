using System.Diagnostics;

namespace Homestack.NameServer.Tests;

/// <summary>Other name servers with the zone file <c>zone</c> of a folder, on 127.0.0.1.</summary>
internal static class OtherServers
{
    public static Process Bind(string folder, int port)
    {
        var path = Path.Combine(folder, "named.conf");
        File.WriteAllText(path, $$"""
            options { directory "{{folder}}"; listen-on port {{port}} { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; pid-file none; session-keyfile none; minimal-responses yes; notify no; dnssec-validation no; };
            controls { };
            zone "z.test" { type master; file "{{folder}}/zone"; check-names ignore; check-mx ignore; check-srv-cname ignore; check-mx-cname ignore; };
            """);
        return Programs.Start("named", "-g", "-c", path, "-n", "1");
    }

    public static Process PowerDns(string folder, int port)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, "recursor")).FullName;
        File.WriteAllText(Path.Combine(place, "recursor.conf"), $"""
            local-address=127.0.0.1
            local-port={port}
            socket-dir={place}
            auth-zones=z.test={folder}/zone
            allow-from=127.0.0.0/8
            dnssec=off
            daemon=no
            threads=1
            hint-file=no
            quiet=yes
            export-etc-hosts=off
            security-poll-suffix=
            """);
        return Programs.Start("pdns_recursor", $"--config-dir={place}");
    }
}
