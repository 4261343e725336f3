using System.Collections;
using System.Runtime.InteropServices;
using Homestack.Collections;

namespace Homestack.Machine;

/// <summary>What this process was given: variables and user.</summary>
public static partial class ProcessEnvironment
{
    /// <summary>The effective user, as the kernel counts.</summary>
    public static uint UserId => GetEffectiveUserId();

    public static bool IsRoot => UserId == 0;

    /// <summary>All variables; of two with one name, the first.</summary>
    public static ValueMap<string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => new KeyValuePair<string, string>((string)entry.Key, (string?)entry.Value ?? ""))
            .DistinctBy(entry => entry.Key)
            .ToValueMap();

    /// <summary>What programs that we start make may be read by others, unless they say otherwise; files of ours have their own modes.</summary>
    /// <remarks><para>Source: umask(2). Whoever starts us may have set another one.</para></remarks>
    public static void UseUsualMask() => SetMask(0x12); // 0022

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();
}
