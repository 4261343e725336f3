using System.Text.Json;
using Homestack.Collections;
using Homestack.Engine.Naming;
using Homestack.Engine.Reconciling;
using Homestack.Homes;
using Microsoft.AspNetCore.Http;

namespace Homestack.Engine.Api;

/// <summary><c>/names</c>: which names the home answers for, and names given and taken by programs, such as a DHCP server or a script.</summary>
internal sealed class NameEndpoints(NameGiving names, DriftWatch watch)
{
    private const int LargestWish = 64 << 10;

    private static readonly TimeSpan Short = TimeSpan.FromMinutes(1), Long = TimeSpan.FromMinutes(10);

    public ValueList<ApiEndpoint> Endpoints() =>
    [
        new("GET", "/names", Permission.Read, Short, ListAsync),
        new("POST", "/names", Permission.Change, Long, (http, cancellationToken) => ChangeAsync(http, () => GiveAsync(http, cancellationToken))),
        new("DELETE", "/names", Permission.Change, Long, (http, cancellationToken) => ChangeAsync(http, () => names.TakeAsync(NameWish.Checked(http.Request.Query["name"], "name"), cancellationToken))),
    ];

    private Task ListAsync(HttpContext http, CancellationToken cancellationToken) =>
        Messages.WriteAsync(http, JsonSerializer.SerializeToUtf8Bytes(names.List(), ApiJson.Wire.ValueListGivenName), cancellationToken);

    private async Task<NameChange> GiveAsync(HttpContext http, CancellationToken cancellationToken) =>
        await names.GiveAsync(NameWish.Read(await Messages.ReadAsync(http, LargestWish, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);

    private async Task ChangeAsync(HttpContext http, Func<Task<NameChange>> change)
    {
        try
        {
            var done = await change().ConfigureAwait(false);
            watch.Wake("applied");
            await Messages.WriteAsync(http, JsonSerializer.SerializeToUtf8Bytes(done, ApiJson.Wire.NameChange), CancellationToken.None).ConfigureAwait(false);
        }
        catch (NameRefusal refusal)
        {
            await Problems.WriteAsync(http, refusal.Status, refusal.Message, refusal.Next).ConfigureAwait(false);
        }
    }
}
