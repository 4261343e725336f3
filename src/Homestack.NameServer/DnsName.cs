using System.Diagnostics.CodeAnalysis;
using System.Text;
using Homestack.NameServer.Wire;

namespace Homestack.NameServer;

/// <summary>A domain name, absolute, in lower case.</summary>
/// <remarks>
/// Labels of 1 to 63 bytes, at most 255 bytes on the wire. Two names that differ only in the case of ASCII letters are equal.
/// <para>Source: RFC 1035 §2.3.4, §3.1; RFC 4343.</para>
/// </remarks>
public sealed class DnsName : IEquatable<DnsName>
{
    private readonly byte[] wire;

    private DnsName(byte[] wire) => this.wire = wire;

    /// <summary>The root, written ".".</summary>
    public static DnsName Root { get; } = new([0]);

    /// <summary>Length bytes and labels in lower case, ending with a zero byte; never compressed.</summary>
    public ReadOnlyMemory<byte> Wire => wire;

    /// <summary>Reads the presentation form: labels with dots between them, with or without the last dot, with <c>\.</c> and <c>\DDD</c> escapes.</summary>
    /// <exception cref="FormatException">The text is not a domain name.</exception>
    public static DnsName Parse(string text) => TryParse(text, out var name) ? name : throw new FormatException($"\"{text}\" is not a domain name.");

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        Span<byte> buffer = stackalloc byte[WireName.MaxLength];
        var length = NameText.Read(text, buffer);
        if (length == 0)
        {
            return false;
        }

        name = new DnsName(buffer[..length].ToArray());
        return true;
    }

    /// <summary>The name on the wire as a name; upper case is made lower.</summary>
    /// <exception cref="FormatException">The bytes are not one whole uncompressed name.</exception>
    public static DnsName FromWire(ReadOnlySpan<byte> bytes)
    {
        Span<byte> lower = stackalloc byte[WireName.MaxLength];
        var length = WireName.ReadUncompressed(bytes, lower);
        return length == bytes.Length && length > 0 ? new DnsName(lower[..length].ToArray()) : throw new FormatException("Not an uncompressed domain name.");
    }

    /// <summary>Whether this is <paramref name="other"/> or lies below it.</summary>
    public bool IsWithin(DnsName other) => WireName.IsWithin(wire, other.wire);

    /// <summary>This name with one more label at its left.</summary>
    /// <exception cref="FormatException">The label has no or more than 63 bytes, or the name gets too long.</exception>
    public DnsName Child(string label)
    {
        var bytes = Encoding.UTF8.GetBytes(label);
        if (bytes.Length is 0 or > WireName.MaxLabel)
        {
            throw new FormatException($"\"{label}\" is not a label.");
        }

        return FromWire([(byte)bytes.Length, .. bytes, .. wire]);
    }

    public bool Equals(DnsName? other) => other is not null && wire.AsSpan().SequenceEqual(other.wire);

    public override bool Equals(object? obj) => Equals(obj as DnsName);

    public override int GetHashCode() => NameHash.Compute(wire, 0).GetHashCode();

    /// <summary>The presentation form without the last dot; "." for the root.</summary>
    public override string ToString() => NameText.Write(wire);
}
