using System.Globalization;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>Has the thread use one of the app's languages until it is disposed; nothing may be awaited meanwhile.</summary>
internal readonly struct LanguageScope : IDisposable
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture, _uiCulture = CultureInfo.CurrentUICulture;

    public LanguageScope(string language) =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Known(language));

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _uiCulture);
}
