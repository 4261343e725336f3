using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Homestack.Collections;

/// <summary>An immutable map from names to values, sorted by name in ordinal order, equal to another with the same entries.</summary>
/// <remarks>The order in which entries were written is forgotten, so the order of keys in a file changes nothing.</remarks>
[JsonConverter(typeof(ValueMapJsonConverterFactory))]
public sealed class ValueMap<TValue> : IReadOnlyDictionary<string, TValue>, IEquatable<ValueMap<TValue>>
{
    public static readonly ValueMap<TValue> Empty = new([]);

    private readonly KeyValuePair<string, TValue>[] entries;

    /// <remarks>The caller has sorted the entries and made sure that no key stands twice.</remarks>
    internal ValueMap(KeyValuePair<string, TValue>[] entries) => this.entries = entries;

    public int Count => entries.Length;

    public IEnumerable<string> Keys => entries.Select(entry => entry.Key);

    public IEnumerable<TValue> Values => entries.Select(entry => entry.Value);

    public TValue this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"No entry is named \"{key}\".");

    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value)
    {
        var index = IndexOf(key);
        value = index >= 0 ? entries[index].Value : default;
        return index >= 0;
    }

    /// <summary>The same map with one entry set.</summary>
    public ValueMap<TValue> With(string key, TValue value) =>
        entries.Where(entry => entry.Key != key).Append(new(key, value)).ToValueMap();

    public static bool operator ==(ValueMap<TValue>? left, ValueMap<TValue>? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ValueMap<TValue>? left, ValueMap<TValue>? right) => !(left == right);

    public bool Equals(ValueMap<TValue>? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || other.entries.Length != entries.Length)
        {
            return false;
        }

        var comparer = EqualityComparer<TValue>.Default;
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Key != other.entries[i].Key || !comparer.Equals(entries[i].Value, other.entries[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ValueMap<TValue>);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (key, value) in entries)
        {
            hash.Add(key);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, TValue>>)entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => entries.GetEnumerator();

    /// <summary>The entries between braces, for tests and logs.</summary>
    public override string ToString() => "{" + string.Join(", ", entries.Select(entry => $"{entry.Key}: {entry.Value}")) + "}";

    /// <summary>The entries in the order of their keys; entries with the same key keep their order.</summary>
    /// <remarks>
    /// A merge sort of our own: the BCL's sort over this type would be compiled at run time in every process that makes a map, which costs a short one more than its sorting.
    /// </remarks>
    internal static KeyValuePair<string, TValue>[] Sorted(IEnumerable<KeyValuePair<string, TValue>> entries)
    {
        var from = entries is ValueMap<TValue> map ? map.entries : entries.ToArray();
        var isSorted = true;
        for (var i = 1; i < from.Length && isSorted; i++)
        {
            isSorted = string.CompareOrdinal(from[i - 1].Key, from[i].Key) <= 0;
        }

        var to = isSorted ? from : new KeyValuePair<string, TValue>[from.Length];
        for (var width = 1; !isSorted && width < from.Length; width *= 2)
        {
            for (var left = 0; left < from.Length; left += 2 * width)
            {
                Merge(from, to, left, Math.Min(left + width, from.Length), Math.Min(left + (2 * width), from.Length));
            }

            (from, to) = (to, from);
        }

        return from;
    }

    private static void Merge(KeyValuePair<string, TValue>[] from, KeyValuePair<string, TValue>[] to, int left, int middle, int right)
    {
        var (first, second) = (left, middle);
        for (var i = left; i < right; i++)
        {
            to[i] = first < middle && (second >= right || string.CompareOrdinal(from[first].Key, from[second].Key) <= 0) ? from[first++] : from[second++];
        }
    }

    private int IndexOf(string key)
    {
        int low = 0, high = entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(entries[middle].Key, key);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }
}

/// <summary>Makes <see cref="ValueMap{TValue}"/>.</summary>
public static class ValueMap
{
    /// <exception cref="ArgumentException">A key stands twice.</exception>
    public static ValueMap<TValue> ToValueMap<TValue>(this IEnumerable<KeyValuePair<string, TValue>> entries)
    {
        var sorted = ValueMap<TValue>.Sorted(entries);
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i - 1].Key == sorted[i].Key)
            {
                throw new ArgumentException($"The key \"{sorted[i].Key}\" stands twice.", nameof(entries));
            }
        }

        return sorted.Length == 0 ? ValueMap<TValue>.Empty : new(sorted);
    }

    public static ValueMap<TValue> ToValueMap<TItem, TValue>(this IEnumerable<TItem> items, Func<TItem, string> key, Func<TItem, TValue> value) =>
        Pairs(items, key, value).ToValueMap();

    private static List<KeyValuePair<string, TValue>> Pairs<TItem, TValue>(IEnumerable<TItem> items, Func<TItem, string> key, Func<TItem, TValue> value)
    {
        var pairs = new List<KeyValuePair<string, TValue>>();
        foreach (var item in items)
        {
            pairs.Add(new(key(item), value(item)));
        }

        return pairs;
    }
}
