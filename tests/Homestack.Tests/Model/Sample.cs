using System.Reflection;
using Homestack.Collections;
using Homestack.Primitives;

namespace Homestack.Tests.Model;

/// <summary>Makes a value of any record of ours with every member set to something that is not its default, so that nothing is left out of a comparison.</summary>
internal static class Sample
{
    private const int Deepest = 12;

    public static object? Of(Type type, int depth = 0)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner, depth);
        }

        return type == typeof(string) ? "x:1"
            : type == typeof(bool) ? true
            : type == typeof(int) ? 7
            : type == typeof(long) ? 1L << 40
            : type == typeof(double) ? 1.5
            : type == typeof(TimeSpan) ? TimeSpan.FromMilliseconds(1500)
            : type == typeof(DateTimeOffset) ? DateTimeOffset.UnixEpoch
            : type == typeof(Text) ? Text.Parse("a${secret:b}$${c}")
            : type == typeof(ResourceId) ? new ResourceId("containers", "service", "a/b")
            : type == typeof(Cidr) ? (Cidr.TryParse("10.9.0.0/16", out var block) ? block : null)
            : type == typeof(ImageReference) ? (ImageReference.TryParse("ghcr.io/a/b:v1@sha256:" + new string('0', 64), out var reference) ? reference : null)
            : type.IsEnum ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>) ? Collection(nameof(ListOf), type, depth)
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueMap<>) ? Collection(nameof(MapOf), type, depth)
            : type.IsAbstract || depth > Deepest ? null
            : Record(type, depth);
    }

    private static object? Record(Type type, int depth)
    {
        var constructor = type.GetConstructors().Where(constructor => constructor.GetParameters() is not [{ ParameterType: var only }] || only != type).OrderByDescending(constructor => constructor.GetParameters().Length).FirstOrDefault();
        var value = constructor is null ? Activator.CreateInstance(type) : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            property.SetValue(value, Of(property.PropertyType, depth + 1));
        }

        return value;
    }

    private static object? Collection(string maker, Type type, int depth) =>
        typeof(Sample).GetMethod(maker, BindingFlags.NonPublic | BindingFlags.Static)?.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [depth]);

    private static ValueList<T> ListOf<T>(int depth) => Of(typeof(T), depth + 1) is T item ? [item] : [];

    private static ValueMap<T> MapOf<T>(int depth) => Of(typeof(T), depth + 1) is T item ? ValueMap<T>.Empty.With("k", item) : ValueMap<T>.Empty;
}
