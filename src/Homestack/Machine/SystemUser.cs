using System.Globalization;
using System.Text;

namespace Homestack.Machine;

/// <summary>A user of this machine that owns nothing but what it is given, for programs that meet strangers.</summary>
/// <param name="Name">Such as <c>homestack</c>.</param>
/// <param name="UserId">As the kernel counts.</param>
/// <param name="GroupId">Its own group.</param>
public sealed record SystemUser(string Name, uint UserId, uint GroupId)
{
    private const string Users = "/etc/passwd";
    private const long Limit = 4 << 20;
    private const uint OthersMayPass = 0x1C9, OwnerOnly = 0x1C0; // 0711, 0700

    /// <summary>Finds it, or has it made.</summary>
    /// <remarks><para>Source: passwd(5); useradd(8).</para></remarks>
    /// <exception cref="MachineException">It could not be made.</exception>
    public static async Task<SystemUser> EnsureAsync(string name, IDisk disk, CommandRunner commands, CancellationToken cancellationToken)
    {
        if (Find(name, disk) is { } known)
        {
            return known;
        }

        var line = new CommandLine("useradd", ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name]);
        var made = await commands.RunAsync(line, cancellationToken).ConfigureAwait(false);
        return Find(name, disk) ?? throw new MachineException(line.ToString(), $"The user \"{name}\" could not be made: {Encoding.UTF8.GetString(made.Error).Trim()}", $"Make it yourself: {line}", MachineFailure.Denied);
    }

    /// <summary>Makes a folder that is this user's alone, in one that others may pass through and not look into.</summary>
    /// <exception cref="MachineException">A folder on the way lets nobody through, or the system said no.</exception>
    public void Give(string folder, IDisk disk)
    {
        disk.MakeFolders(folder);
        CheckWay(Path.GetDirectoryName(folder) ?? "/");
        var parent = Path.GetDirectoryName(folder) ?? "/";
        if (LibC.ChangeMode(parent, OthersMayPass) != 0 || LibC.ChangeOwner(folder, UserId, GroupId) != 0 || LibC.ChangeMode(folder, OwnerOnly) != 0)
        {
            throw LibC.Failure($"give {folder} to {Name}");
        }
    }

    /// <summary>Makes a folder of ours that others may pass through, to read what lies in it by its name.</summary>
    /// <exception cref="MachineException">The system said no.</exception>
    public static void Open(string folder, IDisk disk)
    {
        disk.MakeFolders(folder);
        if (LibC.ChangeMode(folder, OthersMayPass) != 0)
        {
            throw LibC.Failure($"chmod {folder}");
        }
    }

    /// <summary>Others must be able to pass through every folder on the way to a place; the last one is opened for that by us.</summary>
    /// <exception cref="MachineException">A folder lets nobody through.</exception>
    public static void CheckWay(string place)
    {
        if (ClosedOnTheWayTo(place) is { } folder)
        {
            throw new MachineException($"reach {place}", $"{folder} lets nobody but its owner through, so a user without rights cannot get to what is below.", $"chmod o+x {folder}", MachineFailure.Denied);
        }
    }

    /// <summary>The folder above a place that lets nobody but its owner through; null when there is none.</summary>
    public static string? ClosedOnTheWayTo(string place)
    {
        for (var folder = Path.GetDirectoryName(place); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if ((File.GetUnixFileMode(folder) & UnixFileMode.OtherExecute) == 0)
            {
                return folder;
            }
        }

        return null;
    }

    private static SystemUser? Find(string name, IDisk disk)
    {
        foreach (var entry in Encoding.UTF8.GetString(disk.Read(Users, Limit)).Split('\n').Select(line => line.Split(':')))
        {
            if (entry.Length >= 4 && entry[0] == name && uint.TryParse(entry[2], CultureInfo.InvariantCulture, out var user) && uint.TryParse(entry[3], CultureInfo.InvariantCulture, out var group))
            {
                return new(name, user, group);
            }
        }

        return null;
    }
}
