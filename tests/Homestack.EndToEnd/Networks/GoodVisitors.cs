using System.Collections.Concurrent;
using System.Diagnostics;

namespace Homestack.EndToEnd.Networks;

/// <summary>Visitors who ask for a page again and again while something else goes on. The first visit of each, which makes the connection, is not counted unless it fails.</summary>
internal sealed class GoodVisitors : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<double> times = new();
    private readonly ConcurrentQueue<string> failures = new();
    private readonly HttpClient client;
    private readonly Task[] visits;

    /// <param name="front">Where.</param>
    /// <param name="name">Of the service.</param>
    /// <param name="count">How many, each with a pause of 10 ms between visits.</param>
    /// <param name="version">Of HTTP.</param>
    public GoodVisitors(FrontAlone front, string name, int count, Version version)
    {
        client = front.Visitor();
        visits = [.. Enumerable.Range(0, count).Select(_ => VisitAsync(front.Url(name), version))];
    }

    public int Visits => times.Count + failures.Count;

    public int Failed => failures.Count;

    public double Milliseconds99 => Figures.Percentile(times, 99);

    public string Words => string.Join('\n', failures.Distinct().Take(5));

    public async Task EndAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(visits);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        client.Dispose();
        end.Dispose();
    }

    private async Task VisitAsync(string url, Version version)
    {
        var isConnected = false;
        while (!end.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                using var ask = new HttpRequestMessage(HttpMethod.Get, url) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
                using var answer = await client.SendAsync(ask);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
                if (isConnected)
                {
                    times.Enqueue(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }

                isConnected = true;
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or IOException)
            {
                failures.Enqueue(failure.InnerException?.Message ?? failure.Message);
            }

            await Task.Delay(10);
        }
    }
}
