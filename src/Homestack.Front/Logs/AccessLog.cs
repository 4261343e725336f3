using System.Buffers;
using Homestack.Front.Machine;
using Homestack.Front.Requests;
using Homestack.Machine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Homestack.Front.Logs;

/// <summary>The access log: one writer in the background, two files of at most 16 MiB. A request never waits for it; what the writer cannot keep up with is left out and counted.</summary>
internal sealed class AccessLog(IDisk disk, string folder, TimeProvider clock) : IAsyncDisposable
{
    private const int Most = 32 << 10;
    private const int Piece = 512 << 10;
    private const long Largest = 16 << 20;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    private readonly string path = Path.Combine(folder, "access.log");
    private readonly Lock gate = new();
    private readonly SemaphoreSlim some = new(0, 1);
    private readonly CancellationTokenSource end = new();
    private readonly ArrayBufferWriter<byte> text = new(1 << 20);
    private AccessLine[] filling = new AccessLine[64];
    private AccessLine[] writing = new AccessLine[64];
    private int count;
    private Task writer = Task.CompletedTask;
    private IDiskFile? file;
    private long size;

    /// <summary>Lines that were left out.</summary>
    public long Dropped { get; private set; }

    public void Start() => writer = Task.Run(WriteAsync);

    public void Add(DefaultHttpContext http, Visitor visitor)
    {
        var headers = http.Request.Headers;
        var line = new AccessLine(clock.GetUtcNow().ToUnixTimeSeconds(), visitor.Text, http.Request.Method, http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "", http.Request.Protocol,
            http.Response.StatusCode, CountingStream.Of(http), headers.Referer.ToString(), headers.UserAgent.ToString());
        lock (gate)
        {
            if (count == filling.Length && count < Most)
            {
                Array.Resize(ref filling, count * 2);
            }

            if (count == filling.Length)
            {
                Dropped++;
                return;
            }

            filling[count++] = line;
            if (count > 1)
            {
                return;
            }
        }

        some.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync().ConfigureAwait(false);
        await writer.ConfigureAwait(false);
        WriteAll();
        file?.Dispose();
        end.Dispose();
        some.Dispose();
    }

    private async Task WriteAsync()
    {
        try
        {
            while (true)
            {
                await some.WaitAsync(end.Token).ConfigureAwait(false);
                await Task.Delay(Gathering, end.Token).ConfigureAwait(false);
                WriteAll();
            }
        }
        catch (OperationCanceledException)
        {
            // The rest is written by who ends us.
        }
    }

    private void WriteAll()
    {
        int lines;
        lock (gate)
        {
            (filling, writing) = (writing, filling);
            (lines, count) = (count, 0);
        }

        text.ResetWrittenCount();
        byte[] time = [];
        var second = -1L;
        foreach (ref readonly var line in writing.AsSpan(0, lines))
        {
            if (line.Second != second)
            {
                (second, time) = (line.Second, AccessLine.Time(line.Second));
            }

            line.Write(text, time);
            if (text.WrittenCount >= Piece)
            {
                Append(text.WrittenSpan);
                text.ResetWrittenCount();
            }
        }

        Array.Clear(writing, 0, lines);
        Append(text.WrittenSpan);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        try
        {
            if (file is not null && size + bytes.Length > Largest)
            {
                file.Dispose();
                file = null;
                disk.Rename(path, path + ".1");
            }

            if (file is null)
            {
                disk.MakeFolder(folder);
                file = disk.OpenAppend(path);
                size = LogSize.Of(path);
            }

            file.Write(bytes);
            size += bytes.Length;
        }
        catch (MachineException)
        {
            // A full disk is no reason not to answer. The next lines try again with a file opened anew.
            file?.Dispose();
            file = null;
        }
    }
}
