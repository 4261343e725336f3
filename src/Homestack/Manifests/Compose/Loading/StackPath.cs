namespace Homestack.Manifests.Compose.Loading;

/// <summary>Paths in the files of a stack, with forward slashes, relative to the home's folder unless absolute.</summary>
internal static class StackPath
{
    /// <summary>The folder that a file stands in; empty for the home's folder itself.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') is var slash and >= 0 ? slash == 0 ? "/" : path[..slash] : "";

    /// <summary>A path as written in a file of <paramref name="folder"/>, without "." and without ".." where it can be resolved.</summary>
    public static string Resolve(string folder, string written)
    {
        var joined = written.StartsWith('/') ? written : folder.Length == 0 ? written : folder + "/" + written;
        var isAbsolute = joined.StartsWith('/');
        var pieces = new List<string>();
        foreach (var piece in joined.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (piece == ".." && pieces.Count > 0 && pieces[^1] != "..")
            {
                pieces.RemoveAt(pieces.Count - 1);
            }
            else if (piece != "." && !(piece == ".." && isAbsolute))
            {
                pieces.Add(piece);
            }
        }

        return isAbsolute ? "/" + string.Join('/', pieces) : pieces.Count == 0 ? "." : string.Join('/', pieces);
    }
}
