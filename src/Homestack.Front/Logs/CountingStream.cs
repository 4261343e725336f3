using Homestack.Front.Forwarding;
using Microsoft.AspNetCore.Http;

namespace Homestack.Front.Logs;

/// <summary>Counts the bytes of an answer whose length is not known before. Put around it only then, because it costs.</summary>
internal sealed class CountingStream(Stream inner) : Stream
{
    private long count;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>How long the answer was.</summary>
    public static long Of(HttpContext http) => http.Response.ContentLength is { } length ? (HttpMethods.IsHead(http.Request.Method) ? 0 : length)
        : http.Features.Get<AnswerSize>() is { } size ? size.Bytes : http.Response.Body is CountingStream counting ? counting.count : 0;

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        count += buffer.Length;
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
