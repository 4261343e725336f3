using System.Security.Cryptography;
using System.Text;
using Homestack.Machine;

namespace Homestack.Homes;

/// <summary>Where the engine of a state folder listens. A function of that folder alone, so that all who know the folder find it.</summary>
public static class EngineAddress
{
    /// <summary><c>run/engine.sock</c> in the state folder; when that is longer than a socket's path may be, a digest of it in <c>/run/homestack</c>.</summary>
    /// <param name="stateFolder">Absolute.</param>
    public static string SocketOf(string stateFolder)
    {
        var path = Path.Combine(stateFolder, "run", "engine.sock");
        return Encoding.UTF8.GetByteCount(path) <= SocketFile.LongestPath ? path
            : $"/run/homestack/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stateFolder)).AsSpan(0, 16))}.sock";
    }

    /// <summary>Who holds it serves the state folder; its text names the process.</summary>
    public static string LockOf(string stateFolder) => Path.Combine(stateFolder, "engine.lock");

    /// <summary>What the engine says when it runs in the background.</summary>
    public static string LogOf(string stateFolder) => Path.Combine(stateFolder, "engine.log");
}
