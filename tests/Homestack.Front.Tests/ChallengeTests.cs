using System.Net;

namespace Homestack.Front.Tests;

/// <summary>What an issuer of certificates asks on port 80 (RFC 8555 §8.3) is answered from files beside the front's folder, and from no others.</summary>
public sealed class ChallengeTests
{
    private const string Token = "DGyRejmCefe7v4NfDGDKfA-_0123456789", Words = Token + ".9jg46WB3rR_AHD-EBXdN7cBkH1WOu0tA3M9fm21mqTI";

    [Fact]
    public async Task The_token_of_a_file_is_answered_on_plain_HTTP_at_any_name_until_the_file_is_gone()
    {
        await using var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy("web.home.test", 80, "lan"));
        var file = Lay(front, Token, Words);
        using var client = front.Client(FrontUnderTest.Public);

        foreach (var host in new[] { "web.home.test", "nobody.home.test" })
        {
            using var answer = await client.GetAsync(front.PlainUrl(host, "/.well-known/acme-challenge/" + Token), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(Words, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.MediaType);
        }

        File.Delete(file);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(client, front.PlainUrl("web.home.test", "/.well-known/acme-challenge/" + Token)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%2e%2e%2f%2e%2e%2fsecret0123456789")]
    [InlineData("secret.0123456789abcdef")]
    [InlineData("sub/DGyRejmCefe7v4NfDGDKfA-_0123456789")]
    [InlineData("folder0123456789abcdef")]
    [InlineData("large0123456789abcdef")]
    public async Task Anything_else_is_not_there(string token)
    {
        await using var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy("web.home.test", 80, "lan"));
        Lay(front, "secret.0123456789abcdef", "no token");
        Lay(front, "sub/" + Token, "not here");
        Lay(front, "large0123456789abcdef", new string('x', 5000));
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Lay(front, Token, Words)) ?? "", "folder0123456789abcdef"));
        using var client = front.Client(FrontUnderTest.Public);

        var status = await StatusAsync(client, front.PlainUrl("web.home.test", "/.well-known/acme-challenge/" + token));

        Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{status}");
    }

    [Fact]
    public async Task It_is_not_answered_over_TLS_nor_written_to()
    {
        await using var front = await FrontUnderTest.StartAsync(FrontUnderTest.Proxy("web.home.test", 80, "lan"));
        Lay(front, Token, Words);
        using var client = front.Client();

        Assert.NotEqual(HttpStatusCode.OK, await StatusAsync(client, front.Url("web.home.test", "/.well-known/acme-challenge/" + Token)));
        using var put = await client.PutAsync(front.PlainUrl("web.home.test", "/.well-known/acme-challenge/" + Token), new StringContent("mine"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, put.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(url, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static string Lay(FrontUnderTest front, string token, string words)
    {
        var file = Path.Combine(Path.GetDirectoryName(front.Folder) ?? "", "challenges/.well-known/acme-challenge", token);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "");
        File.WriteAllText(file, words);
        return file;
    }
}
