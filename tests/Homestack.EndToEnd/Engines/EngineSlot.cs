using System.Globalization;

namespace Homestack.EndToEnd.Engines;

/// <summary>A number that no other engine of any test run on this machine has now, with a folder for it.</summary>
/// <remarks>The lock on the folder's file ends with the process that holds it, however it ends.</remarks>
internal sealed class EngineSlot : IDisposable
{
    private const int Count = 60;
    private const string Root = "/tmp/homestack-engines";

    private readonly FileStream held;

    private EngineSlot(int number, string folder, FileStream held)
    {
        Number = number;
        Folder = folder;
        this.held = held;
    }

    /// <summary>0 to 59.</summary>
    public int Number { get; }

    /// <summary>Short: a socket's path has at most 107 bytes.</summary>
    public string Folder { get; }

    public static EngineSlot Take()
    {
        Directory.CreateDirectory(Root);
        for (var number = 0; number < Count; number++)
        {
            var folder = string.Create(CultureInfo.InvariantCulture, $"{Root}/{number}");
            try
            {
                var held = new FileStream(folder + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                Directory.CreateDirectory(folder);
                return new EngineSlot(number, folder, held);
            }
            catch (IOException)
            {
                // Somebody has it.
            }
        }

        throw new InvalidOperationException($"All {Count} places for engines under {Root} are taken.");
    }

    public void Dispose() => held.Dispose();
}
