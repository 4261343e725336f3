using Homestack.Front.Logs;
using Homestack.Front.Requests;
using Homestack.Machine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Homestack.Front.Tests;

/// <summary>The access log takes a bounded room, whatever is asked.</summary>
public sealed class LogTests
{
    private const long Largest = 16 << 20;

    [Fact]
    public async Task Two_files_of_sixteen_mebibytes_are_all_that_is_kept_and_the_newest_lines_are_in_them()
    {
        var folder = Directory.CreateTempSubdirectory("homestack-log-").FullName;
        var log = new AccessLog(new RealDisk(), folder, TimeProvider.System);
        log.Start();
        var http = new DefaultHttpContext();
        var target = new string('a', 2000);
        var path = Path.Combine(folder, "access.log");

        // 48 MiB in all, no faster than they are written.
        for (var piece = 0; piece < 24; piece++)
        {
            for (var number = 0; number < 1000; number++)
            {
                http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = $"/{piece}/{number}/{target}";
                log.Add(http, new Visitor(null));
            }

            await Task.Delay(150, TestContext.Current.CancellationToken);
        }

        await log.DisposeAsync();
        var files = Directory.GetFiles(folder);
        Assert.Equal([path, path + ".1"], files.Order());
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, Largest));
        Assert.Contains("/23/999/", (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken))[^1], StringComparison.Ordinal);
        Assert.Equal(0, log.Dropped);
        Directory.Delete(folder, recursive: true);
    }
}
