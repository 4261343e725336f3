using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Homestack.Collections;
using Homestack.Machine;

namespace Homestack.Fronts;

/// <summary>The front as the engine sees it: slots that hold a snapshot each. What was given is kept beside, so that a front that starts anew is given it again.</summary>
/// <param name="disk">For what is kept.</param>
/// <param name="stateFolder">Absolute.</param>
public sealed class FrontClient(IDisk disk, string stateFolder)
{
    /// <summary>Largest snapshot, in bytes.</summary>
    public const int Limit = 64 << 20;

    private const int AnswerLimit = 1 << 20;

    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(5), GiveLimit = TimeSpan.FromSeconds(30);

    private readonly string socket = FrontAddress.SocketOf(stateFolder);

    /// <summary>The digest that a slot's content is known by: SHA-256, lower-case hexadecimal; of nothing, empty.</summary>
    public static string DigestOf(ReadOnlySpan<byte> content) => content.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>What was given last; empty when nothing was.</summary>
    public byte[] Kept(string slot) => disk.ReadIfThere(PathOf(slot), Limit);

    /// <summary>Digest of what is served in a slot; while no front runs, of what it will be given.</summary>
    /// <exception cref="MachineException">The front does not answer.</exception>
    public string Served(string slot, CancellationToken cancellationToken) =>
        Answers() is { } known ? known(cancellationToken).GetValueOrDefault(slot, "") : DigestOf(Kept(slot));

    /// <summary>Keeps a snapshot and has it served; while no front runs, only the former.</summary>
    /// <exception cref="MachineException">The front refused it, and goes on serving the one before; or did not answer.</exception>
    public void Give(string slot, ReadOnlySpan<byte> content, CancellationToken cancellationToken)
    {
        Serve(slot, content, cancellationToken);
        disk.MakeFolders(FrontAddress.KeptOf(stateFolder));
        disk.WriteDurably(PathOf(slot), content);
    }

    /// <summary>Somebody in a home wants to be reached: what was given last names a port to listen on.</summary>
    public bool IsNeeded() => !Snapshots.ReadIngress(Kept(IngressSnapshot.Slot)).IsEmpty || Snapshots.ReadNames(Kept(NamesSnapshot.Slot)).Listen.Count > 0;

    /// <summary>Whether a front listens.</summary>
    public bool IsThere() => SocketProbe.Ask(socket) == SocketAnswer.Listening;

    /// <summary>Gives a front that has just started what was given before, where it does not serve that already. Certificates and addresses come before the routes that need them.</summary>
    /// <returns>What it did not take, a sentence each.</returns>
    public ValueList<string> GiveAgain(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var slot in new[] { CertificatesSnapshot.Slot, IngressSnapshot.Slot, NamesSnapshot.Slot })
        {
            try
            {
                if (Kept(slot) is { Length: > 0 } content && Served(slot, cancellationToken) != DigestOf(content))
                {
                    Serve(slot, content, cancellationToken);
                }
            }
            catch (MachineException failure)
            {
                problems.Add($"{failure.Call}: {failure.Words}");
            }
        }

        return problems.ToValueList();
    }

    /// <summary>Has a snapshot served and keeps nothing; while no front runs, does nothing.</summary>
    /// <exception cref="MachineException">The front refused it, and goes on serving the one before; or did not answer.</exception>
    public void Serve(string slot, ReadOnlySpan<byte> content, CancellationToken cancellationToken)
    {
        if (SocketProbe.Ask(socket) != SocketAnswer.Listening)
        {
            return;
        }

        var call = $"give the front its {slot}";
        using var http = new LocalHttp(socket);
        var answer = Try(call, content, bytes => http.Put("/snapshots/" + slot, bytes, AnswerLimit, GiveLimit, cancellationToken));
        var said = Read(call, answer.Body);
        if (said.Digest != DigestOf(content))
        {
            throw new MachineException(call, said.Problem.Length > 0 ? said.Problem : "The front did not take it.", "The one before goes on being served. See: homestack plan", MachineFailure.Failed);
        }
    }

    /// <summary>What the name server answered.</summary>
    /// <exception cref="MachineException">No front runs, or it does not answer.</exception>
    public NamesReport Names(CancellationToken cancellationToken)
    {
        const string call = "ask the front about names";
        using var http = new LocalHttp(socket);
        try
        {
            var answer = Try(call, [], _ => http.Get("/names", AnswerLimit, AskLimit, cancellationToken));
            return answer.Status == 200 ? JsonSerializer.Deserialize(answer.Body, FrontsJsonContext.Default.NamesReport) ?? new() : throw new MachineException(call, $"The front answered {answer.Status}.", "It answers only root and its own user.", MachineFailure.Denied);
        }
        catch (JsonException exception)
        {
            throw new MachineException(call, "The front's answer cannot be read.", "homestack doctor", inner: exception);
        }
    }

    /// <summary>Who visits services that sleep. Holds a thread until there is news or the wait is over.</summary>
    /// <param name="after">Number of the report that is known; another one is news.</param>
    /// <param name="wait">0 to 30 s.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="MachineException">No front runs, or it does not answer.</exception>
    public VisitsReport Visits(long after, TimeSpan wait, CancellationToken cancellationToken)
    {
        const string call = "ask the front who visits";
        using var http = new LocalHttp(socket);
        var target = string.Create(CultureInfo.InvariantCulture, $"/visits?after={after}&wait={(long)wait.TotalMilliseconds}");
        return ReadVisits(call, Try(call, [], _ => http.Get(target, AnswerLimit, wait + AskLimit, cancellationToken)));
    }

    private static VisitsReport ReadVisits(string call, HttpAnswer answer)
    {
        try
        {
            return answer.Status == 200 ? JsonSerializer.Deserialize(answer.Body, FrontsJsonContext.Default.VisitsReport) ?? new() : throw new MachineException(call, $"The front answered {answer.Status}.", "homestack doctor", MachineFailure.Denied);
        }
        catch (JsonException exception)
        {
            throw new MachineException(call, "The front's answer cannot be read.", "homestack doctor", inner: exception);
        }
    }

    private Func<CancellationToken, ValueMap<string>>? Answers() => SocketProbe.Ask(socket) != SocketAnswer.Listening ? null : cancellationToken =>
    {
        using var http = new LocalHttp(socket);
        var answer = Try("ask the front what it serves", [], _ => http.Get("/snapshots", AnswerLimit, AskLimit, cancellationToken));
        return JsonSerializer.Deserialize(answer.Body, FrontsJsonContext.Default.ValueMapString) ?? ValueMap<string>.Empty;
    };

    private string PathOf(string slot) => Path.Combine(FrontAddress.KeptOf(stateFolder), slot + ".json");

    private static FrontAnswer Read(string call, byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, FrontsJsonContext.Default.FrontAnswer) ?? new("", "");
        }
        catch (JsonException exception)
        {
            throw new MachineException(call, "The front's answer cannot be read.", "homestack doctor", inner: exception);
        }
    }

    private static HttpAnswer Try(string call, ReadOnlySpan<byte> content, Func<byte[], HttpAnswer> ask)
    {
        try
        {
            return ask(content.ToArray());
        }
        catch (Exception exception) when (exception is SocketException or IOException or TimeoutException or InvalidDataException)
        {
            throw new MachineException(call, $"The front does not answer: {exception.Message}", "It is started again by the engine: homestack up -d", MachineFailure.Unreachable, exception);
        }
    }
}
