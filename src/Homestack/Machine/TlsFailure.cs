using System.Security.Authentication;

namespace Homestack.Machine;

/// <summary>What a conversation means that broke over certificates. Pure.</summary>
/// <remarks>Since TLS 1.3 an engine refuses ours only after our first request, so that it shows as an alert while reading.
/// <para>Source: RFC 8446, 6.2; the alerts' names as OpenSSL writes them.</para></remarks>
internal static class TlsFailure
{
    /// <summary>Null when it is about something else.</summary>
    public static MachineException? Of(string call, EngineEndpoint endpoint, string folder, Exception exception)
    {
        if (endpoint.Kind != EngineEndpointKind.Tcp || folder.Length == 0)
        {
            return null;
        }

        var all = Chain(exception).ToArray();
        bool Says(string part) => all.Any(one => one.Message.Contains(part, StringComparison.OrdinalIgnoreCase));
        var next = $"Try: openssl s_client -connect {endpoint.Host}:{endpoint.Port} -CAfile {folder}/ca.pem -cert {folder}/cert.pem -key {folder}/key.pem";
        return exception switch
        {
            _ when Says("alert certificate") || Says("alert bad certificate") || Says("alert unknown ca") || Says("alert handshake failure") || Says("certificate required") =>
                new(call, $"The engine at {endpoint.Address} does not accept our certificate {folder}/cert.pem: its authority is another, or it is out of date.", next, MachineFailure.Denied, exception),
            _ when call.EndsWith("/_ping", StringComparison.Ordinal) && (Says("reset by peer") || Says("ended prematurely")) =>
                new(call, $"The engine at {endpoint.Address} hung up at our first request, as it does when it does not accept our certificate {folder}/cert.pem.", next, MachineFailure.Denied, exception),
            _ when Says("wrong version number") || Says("cannot determine the frame size") || Says("unexpected packet format") =>
                new(call, $"{endpoint.Address} does not speak TLS. Anyone on the network path could command that engine, so it is not used.",
                    "Start that engine with --tlsverify, or use ssh://.", MachineFailure.Denied, exception),
            _ when all.OfType<AuthenticationException>().FirstOrDefault() is { } wrong =>
                new(call, $"The engine at {endpoint.Address} does not prove who it is: its certificate is not signed by {folder}/ca.pem, has another name, or is out of date. {wrong.Message}", next, MachineFailure.Denied, exception),
            _ => null,
        };
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
