using System.Net;
using System.Net.Sockets;

namespace Homestack.NameServer.Clients;

/// <summary>Which view a client is in: the one with the longest prefix that contains it.</summary>
internal sealed class ViewTable
{
    private readonly Row[] rows;

    public ViewTable(IReadOnlyList<View> views) =>
        rows = [.. views.SelectMany((view, index) => view.Networks.Select(network => Row.From(network, index))).OrderByDescending(row => row.Length)];

    /// <returns>The index of the view, -1 for none.</returns>
    public int Find(in ClientAddress client)
    {
        foreach (ref readonly var row in rows.AsSpan())
        {
            if (row.IsIPv4 == client.IsIPv4 && ((client.High ^ row.High) & row.HighMask) == 0 && ((client.Low ^ row.Low) & row.LowMask) == 0)
            {
                return row.View;
            }
        }

        return -1;
    }

    private readonly record struct Row(bool IsIPv4, ulong High, ulong HighMask, ulong Low, ulong LowMask, int Length, int View)
    {
        public static Row From(IPNetwork network, int view)
        {
            var address = ClientAddress.From(network.BaseAddress);
            var length = network.PrefixLength;
            if (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork)
            {
                return new Row(true, 0, 0, address.Low, Mask(length), length, view);
            }

            // ::ffff:a.b.c.d/96 and longer are IPv4 networks in other clothes.
            return address.IsIPv4 && length >= 96
                ? new Row(true, 0, 0, address.Low, Mask(length - 96), length - 96, view)
                : new Row(false, address.High, Mask(Math.Min(length, 64)), address.Low, Mask(Math.Max(0, length - 64)), length, view);
        }

        private static ulong Mask(int length) => length == 0 ? 0 : ulong.MaxValue << (64 - length);
    }
}
