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
        AnswerAsync(http, JsonSerializer.SerializeToUtf8Bytes(names.List(), ApiJson.Wire.ValueListGivenName));

    private async Task<NameChange> GiveAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var piece = new byte[4096];
        while (await http.Request.Body.ReadAsync(piece, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            body.Write(piece, 0, count);
            if (body.Length > LargestWish)
            {
                throw new InvalidDataException("That is no name.");
            }
        }

        return await names.GiveAsync(NameWish.Read(body.ToArray()), cancellationToken).ConfigureAwait(false);
    }

    private async Task ChangeAsync(HttpContext http, Func<Task<NameChange>> change)
    {
        try
        {
            var done = await change().ConfigureAwait(false);
            watch.Wake("applied");
            await AnswerAsync(http, JsonSerializer.SerializeToUtf8Bytes(done, ApiJson.Wire.NameChange)).ConfigureAwait(false);
        }
        catch (NameRefusal refusal)
        {
            await Problems.WriteAsync(http, refusal.Status, refusal.Message, refusal.Next).ConfigureAwait(false);
        }
    }

    private static Task AnswerAsync(HttpContext http, byte[] json)
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(json, CancellationToken.None).AsTask();
    }
}
