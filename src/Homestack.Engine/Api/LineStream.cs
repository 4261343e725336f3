using System.Text.Json;
using System.Threading.Channels;
using Homestack.Apply;
using Homestack.Homes;

namespace Homestack.Engine.Api;

/// <summary>Writes events as lines while they happen. Whoever reports never waits for the reader.</summary>
internal sealed class LineStream : IProgress<ApplyEvent>, IAsyncDisposable
{
    private readonly Channel<ApplyLine> lines = Channel.CreateUnbounded<ApplyLine>();
    private readonly Stream stream;
    private readonly Task writing;

    public LineStream(Stream stream)
    {
        this.stream = stream;
        writing = WriteAsync();
    }

    /// <remarks>The channel is of the kind that can count what waits in it; the kind for a single reader cannot. Only how far a call is may be left out, and is when many lines wait: a reader that does not read must not fill memory.</remarks>
    public void Report(ApplyEvent value)
    {
        const int many = 1000;
        if (value is not StepMoved || lines.Reader.Count < many)
        {
            lines.Writer.TryWrite(ApplyLine.Of(value));
        }
    }

    /// <summary>Writes the last line and waits until all are written.</summary>
    public async Task EndAsync(ApplyLine last)
    {
        lines.Writer.TryWrite(last);
        lines.Writer.TryComplete();
        await writing.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        lines.Writer.TryComplete();
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WriteAsync()
    {
        await foreach (var line in lines.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, ApiJson.Wire.ApplyLine)).ConfigureAwait(false);
            await stream.WriteAsync("\n"u8.ToArray()).ConfigureAwait(false);
            await stream.FlushAsync().ConfigureAwait(false);
        }
    }
}
