using Homestack.Machine;

namespace Homestack.Tests.Machine;

public sealed class SecretStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SecretStore secrets;

    public SecretStoreTests() => secrets = new(new RealDisk(), folder.At("secrets"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reading_and_digesting_make_nothing()
    {
        Assert.Null(secrets.Read("a"));
        Assert.Null(secrets.Digest("a"));
        Assert.False(Directory.Exists(folder.At("secrets")));
    }

    [Fact]
    public void Gives_back_what_was_set_in_a_file_that_only_its_owner_may_read()
    {
        secrets.Set("db.password", "pä\n");

        Assert.Equal("pä\n", secrets.Read("db.password"));
        Assert.Equal(["db.password"], secrets.List());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.At("secrets/db.password")));
    }

    [Fact]
    public void A_digest_changes_with_the_value_and_differs_between_homes()
    {
        var other = new SecretStore(new RealDisk(), folder.At("other"));
        other.Set("a", "1");
        secrets.Set("a", "1");
        var first = secrets.Digest("a");
        Assert.Equal(first, secrets.Digest("a"));
        Assert.NotEqual(first, other.Digest("a"));
        secrets.Set("a", "2");
        Assert.NotEqual(first, secrets.Digest("a"));
    }

    [Fact]
    public void Generates_once()
    {
        secrets.Generate("a");
        var first = secrets.Read("a");
        secrets.Generate("a");

        Assert.Equal(32, first?.Length);
        Assert.Equal(first, secrets.Read("a"));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData(".key")]
    [InlineData("a/b")]
    [InlineData("")]
    public void Refuses_names_that_are_no_safe_file_names(string name)
    {
        Assert.Throws<ArgumentException>(() => secrets.Set(name, "x"));
        Assert.Null(secrets.Read(name));
    }
}
