using Homestack.Machine;

namespace Homestack.Front.Machine;

/// <summary>What the engine has the front say to an issuer of certificates (RFC 8555 §8.3): a small file for each question, which the engine lays there and takes away again.</summary>
/// <param name="folder">Absolute. Nobody but the engine writes in it.</param>
internal sealed class ChallengeFile(string folder)
{
    private const int Longest = 1024, ShortestToken = 16, LongestToken = 128;

    private readonly RealDisk disk = new();

    /// <summary>The answer; null when nobody was told to answer that.</summary>
    /// <param name="token">As asked; anything but base64url (RFC 4648 §5) leads nowhere.</param>
    public byte[]? Read(ReadOnlySpan<char> token)
    {
        if (token.Length is < ShortestToken or > LongestToken || !IsPlain(token))
        {
            return null;
        }

        var path = Path.Combine(folder, ".well-known", "acme-challenge", token.ToString());
        try
        {
            return disk.Look(path) == DiskEntry.File ? disk.Read(path, Longest) : null;
        }
        catch (MachineException)
        {
            // It was taken away just now, or is not for us.
            return null;
        }
    }

    private static bool IsPlain(ReadOnlySpan<char> token)
    {
        foreach (var letter in token)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
