using FsCheck;
using FsCheck.Fluent;
using Homestack.Cli.Installing;

namespace Homestack.Cli.Tests.Installing;

public sealed class SystemdUnitTests
{
    [Fact]
    public void The_engines_unit_reads_back_as_it_was_written()
    {
        var unit = EngineUnit.Build("/opt/home stack/homestack-engine", "/var/lib/home stack", "/opt/dotnet");
        Assert.Equal(unit, SystemdUnit.Parse(unit.Write()));
        Assert.Contains("""ExecStart="/opt/home stack/homestack-engine" "--state" "/var/lib/home stack" """.TrimEnd() + "\n", unit.Write());
        Assert.Contains("Environment=\"DOTNET_ROOT=/opt/dotnet\"\n", unit.Write());
    }

    [Theory]
    [InlineData("100%", "\"100%%\"")]
    [InlineData("$HOME", "\"$$HOME\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("; rm -rf /", "\"; rm -rf /\"")]
    public void What_systemd_would_expand_stays_a_word(string word, string written) =>
        Assert.Equal(written, SystemdUnit.CommandLine([word]));

    [Fact]
    public void A_line_break_in_a_value_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SystemdUnit([new("Service", [new("ExecStart", "a\nExecStartPre=b")])]).Write());

    [Fact]
    public void Every_folder_without_control_characters_reads_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), folder =>
        {
            var path = "/" + string.Concat(folder.Get.Where(letter => !char.IsControl(letter)));
            var unit = EngineUnit.Build(path, path, path);
            return SystemdUnit.Parse(unit.Write()) == unit;
        }).QuickCheckThrowOnFailure();
}
