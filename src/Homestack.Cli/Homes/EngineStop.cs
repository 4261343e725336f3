using System.Globalization;
using System.Text;
using Homestack.Cli.Commands;
using Homestack.Homes;
using Homestack.Machine;

namespace Homestack.Cli.Homes;

/// <summary>Ends an engine that <c>up -d</c> started, when there is nothing left to watch. One that systemd or a person started is theirs to end.</summary>
internal static class EngineStop
{
    private const int Limit = 4096;

    public static void EndDetached(Call call)
    {
        // Nothing is to be reached any more.
        FrontStart.End(call.StateFolder);
        var disk = new RealDisk();
        var path = EngineAddress.LockOf(call.StateFolder);
        if (SocketProbe.Ask(EngineAddress.SocketOf(call.StateFolder)) != SocketAnswer.Listening || disk.Look(path) != DiskEntry.File)
        {
            return;
        }

        var words = Encoding.UTF8.GetString(disk.Read(path, Limit)).Split(' ', StringSplitOptions.TrimEntries);
        if (words is [var number, "detached"] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var process) && process > 1)
        {
            ProcessSignal.Terminate(process);
            call.Say("The engine in the background was ended: there is nothing left to watch.");
        }
    }
}
