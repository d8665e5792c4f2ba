using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.DataProtection;

namespace LogisticsAdmin.Account;

/// <summary>
/// A protected cookie that says who signed in from this browser. It opens nothing; it gives the browser attempts of its own, so that a
/// stranger's guesses don't lock the person out. What it says of a person is void once they have another password.
/// </summary>
public sealed class KnownBrowsers(IDataProtectionProvider protection)
{
    private const string Cookie = "known-browser";

    /// <summary>How many people a shared browser remembers.</summary>
    private const int MaxPeople = 8;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("KnownBrowser").ToTimeLimitedDataProtector();

    /// <summary>The browser's random id; null when nobody signed in from it.</summary>
    public string? IdOf(HttpContext context) => Read(context)?.Id;

    /// <summary>What this browser's attempts for the person are counted under; null when it counts as a stranger.</summary>
    public string? AllowanceOf(HttpContext context, Person? person) =>
        person?.PasswordHash is not null && Read(context) is { } browser && browser.People.Contains(EntryOf(person)) ? $"{person.Id}:{browser.Id}" : null;

    /// <summary>Remembers or renews that the person signed in from this browser. Nothing for people who have no password yet.</summary>
    public void Remember(HttpContext context, Person person)
    {
        if (person.PasswordHash is null) return;
        var (known, entry) = (Read(context), EntryOf(person));
        var others = (known?.People ?? []).Where(e => e.Split(':')[0] != entry.Split(':')[0]);
        var browser = new KnownBrowser(known?.Id ?? Guid.NewGuid().ToString("N"), [.. others.Prepend(entry).Take(MaxPeople)]);
        context.Response.Cookies.Append(Cookie, _protector.Protect(JsonSerializer.Serialize(browser), Lifetime), new CookieOptions
        {
            MaxAge = Lifetime,
            Path = context.Request.PathBase.Add("/Account"),
            IsEssential = true,
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
        });
    }

    private static string EntryOf(Person person) =>
        string.Create(CultureInfo.InvariantCulture, $"{person.Id}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(person.PasswordHash!)), 0, 8)}");

    private KnownBrowser? Read(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { } cookie) return null;
        try
        {
            return JsonSerializer.Deserialize<KnownBrowser>(_protector.Unprotect(cookie));
        }
        catch (CryptographicException)
        {
            // Not ours, changed, or older than its lifetime.
            return null;
        }
    }

    private sealed record KnownBrowser(string Id, IReadOnlyList<string> People);
}
