using System.Net;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Forwarding;

/// <summary>The body of a visitor's call, handed on piece by piece as it comes.</summary>
internal sealed class CallBody(HttpRequest request) : HttpContent
{
    /// <summary>What to tell the visitor whose body was none, such as 413; 0 when nothing is wrong with it.</summary>
    public int Refusal { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var reading = await ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (var segment in reading.Buffer)
            {
                await stream.WriteAsync(segment, cancellationToken).ConfigureAwait(false);
            }

            var isWhole = reading.IsCompleted;
            request.BodyReader.AdvanceTo(reading.Buffer.End);
            if (isWhole)
            {
                return;
            }

            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async ValueTask<System.IO.Pipelines.ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await request.BodyReader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (BadHttpRequestException bad)
        {
            Refusal = bad.StatusCode;
            throw;
        }
    }
}
