using System.Text;
using Homestack.Diagnostics;

namespace Homestack.Tests.Diagnostics;

public sealed class SourceDecoderTests
{
    [Fact]
    public void Reads_text_with_and_without_a_byte_order_mark()
    {
        Assert.Equal("é\n", SourceDecoder.Decode("a.yaml", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("é\n")]).Text?.Text);
        Assert.Equal("é\n", SourceDecoder.Decode("a.yaml", Encoding.UTF8.GetBytes("é\n")).Text?.Text);
        Assert.Equal("", SourceDecoder.Decode("a.yaml", []).Text?.Text);
    }

    [Fact]
    public void Says_where_the_first_byte_that_is_not_text_stands()
    {
        var reading = SourceDecoder.Decode("a.yaml", [.. Encoding.UTF8.GetBytes("home: a\nname: é"), 0xE9, (byte)'\n']);

        Assert.Equal(SourceProblem.NotUtf8, reading.Problem);
        Assert.Equal("a.yaml:2:8", reading.Place.ToString());
        Assert.Equal("Line 2, column 8 (byte 16) is 0xE9.", reading.Words);
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF8, 0x88, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    public void Refuses_what_only_looks_like_UTF_8(byte[] bytes) => Assert.Equal(SourceProblem.NotUtf8, SourceDecoder.Decode("a.yaml", bytes).Problem);

    [Fact]
    public void Recognises_UTF_16() => Assert.Contains("UTF-16", SourceDecoder.Decode("a.yaml", [0xFF, 0xFE, 0x61, 0x00]).Words);

    [Fact]
    public void Any_bytes_are_text_or_have_a_place()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(0, 40)];
            random.NextBytes(bytes);
            if (random.Next(2) == 0)
            {
                Encoding.UTF8.GetBytes("a: é\n").AsSpan(0, Math.Min(6, bytes.Length)).CopyTo(bytes);
            }

            var reading = SourceDecoder.Decode("a.yaml", bytes);
            Assert.True(reading.Text is not null || reading.Place is { Line: >= 1, Column: >= 1 });
        }
    }
}
