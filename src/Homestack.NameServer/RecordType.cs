namespace Homestack.NameServer;

/// <summary>The type of a record or a question. Any 16-bit number is a valid value; the names are those that the server treats by themselves.</summary>
/// <remarks><para>Source: IANA, Domain Name System Parameters, Resource Record TYPEs.</para></remarks>
public enum RecordType : ushort
{
    None = 0,
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Ptr = 12,
    Hinfo = 13,
    Mx = 15,
    Txt = 16,
    Aaaa = 28,
    Srv = 33,
    Dname = 39,
    Opt = 41,
    Rrsig = 46,
    Nsec = 47,
    Nsec3 = 50,
    Svcb = 64,
    Https = 65,
    Tsig = 250,
    Ixfr = 251,
    Axfr = 252,
    Mailb = 253,
    Maila = 254,
    Any = 255,
}
