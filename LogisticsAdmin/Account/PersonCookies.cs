using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Localization;

namespace LogisticsAdmin.Account;

/// <summary>Cookies besides the sign-in: language and theme, which also hold before somebody signs in.</summary>
internal static class PersonCookies
{
    public const string Theme = "theme";

    /// <summary>The person whose drafts the next page removes; set when they sign out.</summary>
    private const string Left = "left";

    extension(HttpContext context)
    {
        public void Speak(string language) =>
            context.Keep(CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(Languages.Known(language))));

        public void Prefer(bool darkMode) => context.Keep(Theme, darkMode ? "dark" : "light");

        public void Prefer(Person person)
        {
            context.Speak(person.Language);
            context.Prefer(person.DarkMode);
        }

        public void Leave(long personId) => context.Keep(Left, personId.ToString(System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromMinutes(5));

        /// <summary>The person who signed out on the page before; asked once.</summary>
        public long? TakeLeft()
        {
            if (!long.TryParse(context.Request.Cookies[Left], out var personId)) return null;
            context.Response.Cookies.Delete(Left);
            return personId;
        }

        private void Keep(string name, string value, TimeSpan? age = null) => context.Response.Cookies.Append(name, value, new CookieOptions
        {
            MaxAge = age ?? TimeSpan.FromDays(365),
            IsEssential = true,
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
        });
    }
}
