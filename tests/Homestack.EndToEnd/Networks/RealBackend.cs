using System.Globalization;
using Homestack.EndToEnd.Programs;

namespace Homestack.EndToEnd.Networks;

/// <summary>A web server that people really run, answering everything, and a log with a line for each request as it understood it.</summary>
internal sealed class RealBackend : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly RunningProgram program;
    private readonly string folder;

    private RealBackend(RunningProgram program, string folder, int port)
    {
        this.program = program;
        this.folder = folder;
        Port = port;
    }

    public static IReadOnlyList<string> Kinds { get; } = ["nginx", "apache2", "lighttpd", "haproxy", "caddy", "gunicorn", "node"];

    public int Port { get; }

    public static async Task<RealBackend> StartAsync(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("homestack-backend-").FullName;
        var port = FrontAlone.FreePort();
        File.WriteAllText(Path.Combine(folder, "index.html"), "ok\n");
        var (arguments, file, text) = Configuration(kind, folder, port);
        await File.WriteAllTextAsync(Path.Combine(folder, file), text, TestContext.Current.CancellationToken);
        var backend = new RealBackend(RunningProgram.Start(arguments, new Dictionary<string, string?> { ["XDG_DATA_HOME"] = folder, ["XDG_CONFIG_HOME"] = folder }, folder), folder, port);
        await Eventually.BecomesTrueAsync(() => IsThereAsync(backend), Limit, $"{kind} listens");
        return backend;
    }

    /// <summary>Ends it, and gives what it wrote of each request.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        program.Signal(15);
        var result = await program.EndAsync(Limit);
        var log = Path.Combine(folder, "log");
        return [.. (File.Exists(log) ? await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken) : []), .. result.Said.Split('\n')];
    }

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<bool> IsThereAsync(RealBackend backend)
    {
        Assert.False(backend.program.HasEnded, backend.program.HasEnded ? (await backend.program.EndAsync(Limit)).ToString() : "");
        using var socket = new System.Net.Sockets.TcpClient();
        try
        {
            await socket.ConnectAsync(System.Net.IPAddress.Loopback, backend.Port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static (string[] Arguments, string File, string Text) Configuration(string kind, string folder, int number)
    {
        var port = number.ToString(CultureInfo.InvariantCulture);
        return kind switch
        {
            "nginx" => (["nginx", "-c", $"{folder}/conf", "-e", $"{folder}/error"], "conf",
                $"daemon off; pid {folder}/pid; events {{ }} http {{ log_format l '$request'; access_log {folder}/log l; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; "
                + $"server {{ listen 127.0.0.1:{port}; location / {{ return 200 ok; }} }} }}"),
            "apache2" => (["apache2", "-X", "-d", folder, "-f", $"{folder}/conf"], "conf",
                $"Listen 127.0.0.1:{port}\nServerName app\nPidFile {folder}/pid\nErrorLog {folder}/error\nMutex pthread\nLoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\nLoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so\n"
                + $"LogFormat \"%r\" l\nCustomLog {folder}/log l\nDocumentRoot {folder}\n"),
            "lighttpd" => (["lighttpd", "-D", "-f", $"{folder}/conf"], "conf",
                $"server.bind = \"127.0.0.1\"\nserver.port = {port}\nserver.document-root = \"{folder}\"\nserver.modules = (\"mod_accesslog\")\naccesslog.filename = \"{folder}/log\"\naccesslog.format = \"%r\"\nserver.errorlog = \"{folder}/error\"\n"),
            "haproxy" => (["haproxy", "-f", $"{folder}/conf"], "conf",
                $"global\n  log stdout format raw local0\ndefaults\n  mode http\n  timeout client 20s\n  timeout server 20s\n  timeout connect 5s\nfrontend f\n  bind 127.0.0.1:{port}\n  log global\n  option dontlog-normal\n  no option dontlog-normal\n  log-format \"%r\"\n  http-request return status 200 content-type text/plain string ok\n"),
            "caddy" => (["caddy", "run", "--config", $"{folder}/Caddyfile", "--adapter", "caddyfile"], "Caddyfile",
                $"{{\n admin off\n auto_https off\n}}\nhttp://:{port} {{\n bind 127.0.0.1\n log {{\n  output file {folder}/log\n }}\n respond \"ok\"\n}}\n"),
            "gunicorn" => (["gunicorn", "-b", $"127.0.0.1:{port}", "--chdir", folder, "--worker-class", "gthread", "--threads", "16", "--access-logfile", $"{folder}/log", "--access-logformat", "%(r)s", "app:app"], "app.py",
                "def app(environ, start_response):\n    environ['wsgi.input'].read()\n    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '2')])\n    return [b'ok']\n"),
            _ => (["node", $"{folder}/app.js"], "app.js",
                $"require('http').createServer((q, a) => {{ require('fs').appendFileSync('{folder}/log', q.method + ' ' + q.url + '\\n'); q.resume(); a.end('ok'); }}).listen({port}, '127.0.0.1');"),
        };
    }
}
