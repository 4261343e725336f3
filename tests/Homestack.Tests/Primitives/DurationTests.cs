using Homestack.Primitives;

namespace Homestack.Tests.Primitives;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0", "00:00:00")]
    [InlineData("90s", "00:01:30")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("250ms", "00:00:00.2500000")]
    [InlineData("2d", "2.00:00:00")]
    [InlineData("100ns", "00:00:00.0000001")]
    public void Reads_numbers_with_units(string text, string expected)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(expected, duration.ToString());
        Assert.True(Duration.TryParse(Duration.Write(duration), out var again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1.2.3s")]
    [InlineData("1h 30m")]
    [InlineData("999999999999999999w")]
    [InlineData("500y")]
    public void Refuses_anything_else(string text) => Assert.False(Duration.TryParse(text, out _));
}
