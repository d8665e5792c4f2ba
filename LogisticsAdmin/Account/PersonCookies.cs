using System.Globalization;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Localization;

namespace LogisticsAdmin.Account;

/// <summary>Cookies other than the sign-in cookie: language and theme, which also apply before somebody signs in.</summary>
internal static class PersonCookies
{
    private const string ThemeCookie = "theme";

    /// <summary>Light or dark as the device is set. Kept by the browser alone, because a person's devices differ.</summary>
    public const string SystemTheme = "system";

    public static readonly IReadOnlyList<string> Themes = ["light", "dark", SystemTheme];

    /// <summary>Set by signing out: the next page removes this person's drafts.</summary>
    private const string SignedOut = "left";

    extension(HttpContext context)
    {
        public void RememberLanguage(string language) => context.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(Languages.Known(language))));

        public string Theme => context.Request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme) ? theme : Themes[0];

        public void RememberTheme(string theme) => context.Append(ThemeCookie, Themes.Contains(theme) ? theme : Themes[0]);

        public void RememberPreferences(Person person)
        {
            context.RememberLanguage(person.Language);
            if (context.Theme != SystemTheme) context.RememberTheme(person.DarkMode ? "dark" : "light");
        }

        public void RememberSignOut(long personId) =>
            context.Append(SignedOut, personId.ToString(CultureInfo.InvariantCulture), TimeSpan.FromMinutes(5));

        /// <summary>The person who signed out on the previous page. Deletes the cookie.</summary>
        public long? TakeSignedOut()
        {
            if (TypedId.Parse(context.Request.Cookies[SignedOut]) is not { } personId) return null;
            context.Response.Cookies.Delete(SignedOut);
            return personId;
        }

        private void Append(string name, string value, TimeSpan? age = null) => context.Response.Cookies.Append(name, value, new CookieOptions
        {
            MaxAge = age ?? TimeSpan.FromDays(365),
            IsEssential = true,
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
        });
    }
}
