using System.Security.Cryptography;
using System.Text;
using Homestack.Primitives;

namespace Homestack.Machine;

/// <summary>The home's secrets: one file each, mode 0600, in <c>secrets/</c> of the state folder. People set and list them; only drivers read.</summary>
/// <remarks>
/// The file <c>.key</c> beside them is a random key of this home. A digest is an HMAC with it, so that one who reads a plan or a label cannot try out guesses.
/// Reading and digesting write nothing: the key is made together with the first secret.
/// </remarks>
/// <param name="disk">Where.</param>
/// <param name="folder">Absolute; made with the first secret.</param>
public sealed class SecretStore(IDisk disk, string folder) : ISecretReader
{
    /// <summary>Longest value, in bytes of UTF-8.</summary>
    public const int Limit = 64 << 10;

    private const int KeyLength = 32;
    private const string KeyName = ".key";

    public string? Read(string name) => ReadBytes(name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    public string? Digest(string name)
    {
        if (ReadBytes(name) is not { } value)
        {
            return null;
        }

        // The name is part of what is digested, so that two secrets with one value cannot be told to be the same.
        byte[] named = [.. Encoding.UTF8.GetBytes(name), 0, .. value];
        var digest = HMACSHA256.HashData(Key(), named);
        return Convert.ToHexStringLower(digest.AsSpan(0, 16));
    }

    /// <summary>Names of all secrets, in ordinal order.</summary>
    public IReadOnlyList<string> List() => [.. disk.List(folder).Where(SecretName.IsValid).Where(name => !name.EndsWith(".tmp", StringComparison.Ordinal))];

    /// <summary>Sets or replaces a secret.</summary>
    /// <exception cref="ArgumentException">The name is not one that a secret may have, or the value is too long.</exception>
    public void Set(string name, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        if (!SecretName.IsValid(name) || name.EndsWith(".tmp", StringComparison.Ordinal) || bytes.Length > Limit)
        {
            throw new ArgumentException("The name or the length of this secret is not allowed.", nameof(name));
        }

        disk.MakeFolders(folder);
        var key = Path.Combine(folder, KeyName);
        if (disk.Look(key) == DiskEntry.Nothing)
        {
            disk.WriteDurably(key, RandomNumberGenerator.GetBytes(KeyLength));
        }

        disk.WriteDurably(Path.Combine(folder, name), bytes);
    }

    /// <summary>Sets a random secret of 32 letters and digits when none of that name is there; else leaves it as it is.</summary>
    public void Generate(string name)
    {
        if (ReadBytes(name) is null)
        {
            Set(name, RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 32));
        }
    }

    private byte[] Key() => disk.Read(Path.Combine(folder, KeyName), KeyLength);

    private byte[]? ReadBytes(string name)
    {
        var path = Path.Combine(folder, name);
        return SecretName.IsValid(name) && disk.Look(path) == DiskEntry.File ? disk.Read(path, Limit) : null;
    }
}
