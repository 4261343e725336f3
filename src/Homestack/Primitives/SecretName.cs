namespace Homestack.Primitives;

/// <summary>What a secret may be called: 1 to 64 of <c>a-z 0-9 . _ -</c>, beginning with a letter or digit, so that it is also a safe file name.</summary>
public static class SecretName
{
    public static bool IsValid(string name) =>
        name.Length is >= 1 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '_' or '-');
}
