using System.Net.Sockets;
using Homestack.Machine;

namespace Homestack.Homes;

/// <summary>Asks the engine what a folder's plan is, and takes any refusal for "do it yourself".</summary>
public sealed class FolderPlanClient(string socketPath)
{
    private const int Budget = 16 << 20;

    /// <summary>A little longer than the engine gives itself.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(65);

    /// <summary>Null when nobody answers, when he sees other files than we do, or when the plan could not be made: whoever tries it again in his own process can say why.</summary>
    public FolderPlan? Ask(FolderWish wish, CancellationToken cancellationToken)
    {
        if (!SocketProbe.IsListenerAlike(socketPath))
        {
            return null;
        }

        try
        {
            using var http = new LocalHttp(socketPath);
            var answer = http.Post("/api/v1/plan-of-folder", wish.Write(), Budget, Limit, cancellationToken);
            return answer.Status == 200 && FolderPlanWire.Read(answer.Body) is var plan && (plan.Plan is not null || plan.Planning.Count == 0) ? plan : null;
        }
        catch (Exception exception) when (exception is SocketException or IOException or TimeoutException or InvalidDataException)
        {
            return null;
        }
    }
}
