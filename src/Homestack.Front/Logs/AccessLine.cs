using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Homestack.Front.Logs;

/// <summary>One answer, as it is told in the access log.</summary>
internal readonly record struct AccessLine(long Second, string Visitor, string Method, string Target, string Protocol, int Status, long Bytes, string Referer, string Agent)
{
    private const int LongestField = 2048;

    private static readonly SearchValues<char> Plain = SearchValues.Create(" !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>In the combined format of Apache httpd (mod_log_config), which goaccess reads.</summary>
    public void Write(IBufferWriter<byte> to, ReadOnlySpan<byte> time)
    {
        Ascii(to, Visitor);
        to.Write(" - - ["u8);
        to.Write(time);
        to.Write("] \""u8);
        Field(to, Method);
        to.Write(" "u8);
        Field(to, Target);
        to.Write(" "u8);
        Field(to, Protocol);
        to.Write("\" "u8);
        Number(to, Status);
        to.Write(" "u8);
        Number(to, Bytes);
        to.Write(" \""u8);
        Field(to, Referer);
        to.Write("\" \""u8);
        Field(to, Agent);
        to.Write("\"\n"u8);
    }

    /// <summary>Such as <c>24/Nov/2026:20:10:40 +0000</c>.</summary>
    public static byte[] Time(long second) => Encoding.ASCII.GetBytes(DateTimeOffset.FromUnixTimeSeconds(second).ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture));

    /// <summary>What a visitor sent never breaks a line nor leaves its quotes: anything odd is written as <c>\xHH</c>.</summary>
    private static void Field(IBufferWriter<byte> to, string text)
    {
        var field = text.AsSpan(0, Math.Min(text.Length, LongestField));
        if (field.IsEmpty)
        {
            to.Write("-"u8);
        }
        else if (!field.ContainsAnyExcept(Plain))
        {
            Ascii(to, field);
        }
        else
        {
            foreach (var letter in field)
            {
                Ascii(to, Plain.Contains(letter) ? [letter] : letter <= 0xFF ? $"\\x{(int)letter:X2}" : "?");
            }
        }
    }

    private static void Ascii(IBufferWriter<byte> to, ReadOnlySpan<char> text) => to.Advance(Encoding.ASCII.GetBytes(text, to.GetSpan(text.Length)));

    private static void Number(IBufferWriter<byte> to, long number)
    {
        _ = Utf8Formatter.TryFormat(number, to.GetSpan(20), out var count);
        to.Advance(count);
    }
}
