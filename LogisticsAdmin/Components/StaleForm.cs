using LogisticsAdmin.Shared;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Components;

/// <summary>
/// A form that was not applied, because its antiforgery token was missing, too old or of another sign-in: what this request sent, so that the
/// same page can send it again.
/// </summary>
public sealed class StaleForm
{
    private const int MaxFields = 200;
    private const int MaxCharacters = 100_000;
    private const string AntiforgeryField = "__RequestVerificationToken";

    /// <summary>Parts of the names of fields that are never shown again.</summary>
    private static readonly string[] SecretWords = ["password", "credential", "token", "secret", "code"];

    /// <summary>The last parts of the names by which pages change a password.</summary>
    private static readonly string[] PasswordFields = ["Old", "New", "Repeat"];

    /// <summary>The last parts of the names of fields that nobody types.</summary>
    private static readonly string[] ChosenEndings = ["Id", "Key", "Version", "Step", "FromList", "Internal", "Photos"];

    private readonly List<KeyValuePair<string, string>> _typed = [];
    private readonly List<KeyValuePair<string, string>> _hidden = [];

    private StaleForm(string? address) => Address = address;

    /// <summary>Where the form was sent, and is sent again; null when nothing of it is kept.</summary>
    public string? Address { get; }

    /// <summary>What a person typed or chose.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Typed => _typed;

    /// <summary>What the page added, such as ids and the pressed button.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Hidden => _hidden;

    public bool HadFiles { get; private set; }

    public bool HadSecrets { get; private set; }

    /// <summary>
    /// Nothing is kept of a request that was not sent by one of our own pages, so that no other site can have a person confirm what it filled in,
    /// and of one that is too long or can't be read.
    /// </summary>
    public static async Task<StaleForm> ReadAsync(HttpContext context)
    {
        var nothing = new StaleForm(null);
        var request = context.Request;
        var address = request.PathBase.Add(request.Path).ToUriComponent() + request.QueryString;
        if (!IsFromOwnPage(request) || !request.HasFormContentType || LocalUrl.OrHome(address) != address) return nothing;
        IFormCollection sent;
        try
        {
            sent = await request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
        {
            return nothing;
        }
        var fields = sent.SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? "")).ToList();
        if (fields.Count > MaxFields || fields.Sum(f => (long)f.Key.Length + f.Value.Length) > MaxCharacters) return nothing;

        var form = new StaleForm(address) { HadFiles = sent.Files.Any(f => f.Length > 0) };
        foreach (var field in fields) form.Add(field);
        return form;
    }

    /// <summary>Whether the field of this name may hold a password, a one-time code or a key.</summary>
    internal static bool IsSecret(string name) =>
        SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) || PasswordFields.Contains(LastPart(name));

    private void Add(KeyValuePair<string, string> field)
    {
        if (IsSecret(field.Key))
        {
            HadSecrets |= field.Key != AntiforgeryField;
            return;
        }
        var isTyped = field.Key.Contains('.') && !ChosenEndings.Any(e => LastPart(field.Key).EndsWith(e, StringComparison.Ordinal));
        if (isTyped && !string.IsNullOrWhiteSpace(field.Value)) _typed.Add(field);
        else _hidden.Add(field);
    }

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];

    private static bool IsFromOwnPage(HttpRequest request)
    {
        // Browsers send the first one over HTTPS and to localhost only.
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site == "same-origin";
        return string.Equals(
            request.Headers[HeaderNames.Origin].ToString(), $"{request.Scheme}://{request.Host.ToUriComponent()}", StringComparison.OrdinalIgnoreCase);
    }
}
