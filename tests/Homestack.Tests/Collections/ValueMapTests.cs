using FsCheck.Fluent;
using Homestack.Collections;

namespace Homestack.Tests.Collections;

public sealed class ValueMapTests
{
    [Fact]
    public void Keys_come_in_ordinal_order_however_they_were_given() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll<string[]>(words =>
        {
            var names = words.Where(word => word is not null).Distinct().ToList();
            var map = names.ToValueMap(name => name, name => name.Length);
            return map.Keys.SequenceEqual(names.Order(StringComparer.Ordinal)) && map.All(entry => entry.Value == entry.Key.Length) && names.All(map.ContainsKey);
        }));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Any_number_of_entries_is_sorted(int count)
    {
        var names = Enumerable.Range(0, count).Select(i => $"{(i * 7919) % 10007:D5}").ToList();

        Assert.Equal(names.Order(StringComparer.Ordinal), names.ToValueMap(name => name, _ => 0).Keys);
    }

    [Fact]
    public void A_key_that_stands_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => new[] { "b", "a", "b" }.ToValueMap(name => name, _ => 0));

    [Fact]
    public void Setting_an_entry_leaves_the_map_it_was_set_on()
    {
        var map = new[] { "b", "c" }.ToValueMap(name => name, _ => 0);

        var more = map.With("a", 1).With("c", 2);

        Assert.Equal("{b: 0, c: 0}", map.ToString());
        Assert.Equal("{a: 1, b: 0, c: 2}", more.ToString());
    }
}
