using System.Net;
using Homestack.Front.Limits;

namespace Homestack.Front.Requests;

/// <summary>The other end of a connection, as the kernel sees it. Nothing that the visitor says changes it.</summary>
internal sealed class Visitor(IPAddress? address)
{
    public IPAddress? Address { get; } = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    /// <summary>For counting.</summary>
    public ulong Number { get; } = RequestLimiter.NumberOf(address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address);

    /// <summary>For headers and the log; <c>-</c> when unknown.</summary>
    public string Text { get; } = address is null ? "-" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
