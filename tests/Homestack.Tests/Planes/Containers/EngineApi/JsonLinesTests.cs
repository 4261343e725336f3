using System.Text;
using System.Text.Json;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.Tests.Planes.Containers.EngineApi;

public sealed class JsonLinesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("{\"status\":\"a\"}\n{\"status\":\"b\"}\n", "a b")]
    [InlineData("\r\n {\"status\":\"a\"}\r\n\n", "a")]
    [InlineData("{\"status\":\"a\"}\n{\"status\":\"b\"}", "a b")]
    [InlineData("null\n{\"status\":\"ș\"}\n", "ș")]
    public async Task Each_line_is_one_value_and_the_last_needs_no_end(string text, string expected) => Assert.Equal(expected, await ReadAsync(text));

    [Fact]
    public async Task A_long_line_grows_up_to_its_budget()
    {
        var word = new string('x', 100_000);
        Assert.Equal(word, await ReadAsync($"{{\"status\":\"{word}\"}}\n"));
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new string(' ', JsonLines.LineBudget + 1)));
    }

    [Fact]
    public async Task What_is_no_json_is_said() => await Assert.ThrowsAsync<JsonException>(() => ReadAsync("oops\n"));

    private static async Task<string> ReadAsync(string text)
    {
        var words = new List<string>();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await foreach (var message in JsonLines.ReadAsync(stream, EngineJson.Default.StreamMessage, default))
        {
            words.Add(message.Status ?? "");
        }

        return string.Join(' ', words);
    }
}
