using System.Text;

namespace Homestack.Machine;

/// <summary>Which start of this machine it is.</summary>
public static class BootName
{
    private const string Place = "/proc/sys/kernel/random/boot_id";
    private const int Longest = 4096;

    /// <summary>A word that is another one after each start; empty when the kernel does not tell.</summary>
    /// <remarks><para>Source: random(4), <c>boot_id</c>.</para></remarks>
    public static string Read(IDisk disk)
    {
        try
        {
            return Encoding.ASCII.GetString(disk.ReadIfThere(Place, Longest)).Trim();
        }
        catch (MachineException)
        {
            return "";
        }
    }
}
